import type { BodySpec } from './make-body.js'

export interface DecodeCase {
  readonly name: string
  readonly body: BodySpec
  readonly isQuick: boolean
}

const spec = (
  chunks: BodySpec['chunks'],
  envelope: BodySpec['envelope'] = 'constant',
  text: BodySpec['text'] = 'lines',
): BodySpec => ({ chunks, envelope, text, events: chunks === '7 B' ? 500 : 5_000 })

export const decodeCases: Readonly<Record<string, DecodeCase>> = {
  '16k': { name: '16 KiB a chunk', body: spec('16 KiB'), isQuick: true },
  event: { name: 'one event a chunk', body: spec('event'), isQuick: true },
  '7b': { name: '7 bytes a chunk', body: spec('7 B'), isQuick: true },
  '16k-varying': {
    name: '16 KiB a chunk, envelopes vary',
    body: spec('16 KiB', 'varying'),
    isQuick: true,
  },
  'event-varying': {
    name: 'one event a chunk, envelopes vary',
    body: spec('event', 'varying'),
    isQuick: false,
  },
  '16k-japanese': {
    name: '16 KiB a chunk, Japanese',
    body: spec('16 KiB', 'constant', 'japanese'),
    isQuick: false,
  },
}

/** How the cost grows with the length of the answer. */
export const growthSizes: readonly number[] = [1_000, 4_000, 16_000, 64_000]
export const growthBodies: readonly BodySpec[] = growthSizes.map((events) => ({
  ...spec('16 KiB'),
  events,
}))
