import { type BodySpec, makeBody } from './make-body.js'

/** What `JSON.parse` takes by itself, of events that were read, decoded and cut before: in nanoseconds of CPU an event. */
export function measureParse(spec: BodySpec): { readonly cpu: number; readonly wall: number } {
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
  globalThis.gc?.()
  const cpu = process.cpuUsage()
  const wall = process.hrtime.bigint()
  parseAll()
  const took = Number(process.hrtime.bigint() - wall)
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: ((user + system) * 1000) / data.length, wall: took / data.length }
}
