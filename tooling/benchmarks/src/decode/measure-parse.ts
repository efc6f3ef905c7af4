import { type BodySpec, makeBody } from './make-body.js'
import { type DecodeCost, runFor } from './run-for.js'

/** What `JSON.parse` takes by itself, of events that were read, decoded and cut before. */
export async function measureParse(spec: BodySpec, ms: number): Promise<DecodeCost> {
  const { text, chunks } = makeBody({ ...spec, chunks: 'event' })
  const decoder = new TextDecoder()
  // The last holds the end, and no text.
  const data = chunks.slice(0, -1).map((chunk) => decoder.decode(chunk.subarray(6, -2)))
  const parseAll = (): string => {
    let all = ''
    for (const event of data) all += JSON.parse(event).choices[0].delta.content
    return all
  }
  if (parseAll() !== text) throw new Error('Another text.')
  await runFor(ms, 1, data.length, parseAll)
  return runFor(ms, 1, data.length, parseAll)
}
