import fc from 'fast-check'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { isChatStreamError, parseSse, type ServerSentEvent } from '../src/index.js'
import { type Collected, collect } from './collect.js'
import { bytesOf, cutBytes, oneByteAtATime } from './cut-bytes.js'
import { content, DONE } from './frames.js'
import { readChunks, summarize, transcribe } from './reading.js'
import { transcripts } from './transcripts.js'

const names = Object.keys(transcripts)
const bytesOfTranscript = (name: string): Uint8Array => bytesOf(transcripts[name]?.body ?? '')
const uncut = async (name: string): Promise<string> => transcribe(await readChunks([bytesOfTranscript(name)]))

/** Bodies that are short enough to be cut at every pair of places. */
const short = {
  CRLF: 'data: {"a"\r\ndata: :1}\r\n\r\ndata: [DONE]\r\n\r\n: {"cost":"1"}\r\n',
  'lone CR': 'data: {"choices":[]}\r\rdata: [DONE]\r\r: {"cost":"1"}\r',
  mixed: '\uFEFF: é\r\n\rdata: {"a":"🧪"}\n\r\ndata: [DONE]\r\r\n: bye',
  truncated: `${content('日')}data: {"a":`,
} as const

describe('the whole pipe', () => {
  it.each(names)('reads the transcript "%s" as it is meant', async (name) => {
    const { body: _, ...expected } = transcripts[name] ?? { body: '' }
    expect(summarize(await readChunks([bytesOfTranscript(name)]))).toEqual(expected)
  })

  it.each(names)('gives the same events at every single cut of "%s"', async (name) => {
    const bytes = bytesOfTranscript(name)
    const expected = await uncut(name)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const seen = transcribe(await readChunks(cutBytes(bytes, [cut])))
      if (seen !== expected) expect(seen, `cut at byte ${cut}`).toBe(expected)
    }
  })

  it.each(names)('gives the same events one byte of "%s" at a time', async (name) => {
    expect(transcribe(await readChunks(oneByteAtATime(bytesOfTranscript(name))))).toBe(await uncut(name))
  })

  it.each(Object.entries(short))(
    'gives the same events at every pair of cuts of a short body: %s',
    async (_name, body) => {
      const bytes = bytesOf(body)
      const expected = transcribe(await readChunks([bytes]))
      for (let first = 0; first <= bytes.length; first++) {
        for (let second = first; second <= bytes.length; second++) {
          const seen = transcribe(await readChunks(cutBytes(bytes, [first, second])))
          if (seen !== expected) expect(seen, `cut at bytes ${first} and ${second}`).toBe(expected)
        }
      }
    },
  )

  it('gives the same events at any cuts of any transcript', async () => {
    const cuts = fc.array(fc.nat(2000), { minLength: 2, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), cuts, async (name, offsets) => {
        const bytes = bytesOfTranscript(name)
        const inside = offsets.map((offset) => offset % (bytes.length + 1))
        expect(transcribe(await readChunks(cutBytes(bytes, inside)))).toBe(await uncut(name))
      }),
      { numRuns: 1000 },
    )
  })

  it('gives the same error for too large an event, wherever it is cut', async () => {
    const bytes = bytesOf(`${content('Hello')}data: ${'x'.repeat(30)}\ndata: ${'y'.repeat(30)}\n\n${DONE}`)
    const whole = await readChunks([bytes], 60)
    expect(whole.error).toMatchObject({
      kind: 'too-large',
      partial: { parts: [{ type: 'text', text: 'Hello' }] },
    })
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(transcribe(await readChunks(cutBytes(bytes, [cut]), 60))).toBe(transcribe(whole))
    }
  })
})

describe('parseSse alone', () => {
  const read = (chunks: readonly Uint8Array[], maxEventBytes?: number): string => {
    const options = maxEventBytes === undefined ? {} : { maxEventBytes }
    const seen: Collected<ServerSentEvent> = collect(from(chunks).pipe(parseSse(options)))
    const failure = isChatStreamError(seen.error) ? `${seen.error.kind}: ${seen.error.message}` : seen.error
    return JSON.stringify([seen.values, failure, seen.end])
  }

  it.each(names)('gives the same events and the same end at every cut of "%s", for every limit', (name) => {
    const bytes = bytesOfTranscript(name)
    for (const limit of [8, 40, 64, 100, undefined]) {
      const expected = read([bytes], limit)
      expect(read(oneByteAtATime(bytes), limit)).toBe(expected)
      for (let cut = 0; cut <= bytes.length; cut++) {
        const seen = read(cutBytes(bytes, [cut]), limit)
        if (seen !== expected) expect(seen, `cut at byte ${cut}, with the limit ${limit}`).toBe(expected)
      }
    }
  })

  it.each(Object.entries(short))(
    'gives the same events at every three cuts of a short body: %s',
    (_name, body) => {
      const bytes = bytesOf(body).slice(0, 60)
      const expected = read([bytes])
      for (let first = 0; first <= bytes.length; first++) {
        for (let second = first; second <= bytes.length; second++) {
          for (let third = second; third <= bytes.length; third += 3) {
            const seen = read(cutBytes(bytes, [first, second, third]))
            if (seen !== expected)
              expect(seen, `cut at bytes ${first}, ${second} and ${third}`).toBe(expected)
          }
        }
      }
    },
  )
})
