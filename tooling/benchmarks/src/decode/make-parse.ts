import { type BodySpec, makeBody } from './make-body.js'

/** What `JSON.parse` takes by itself: a pass over events that were read, decoded and cut before. */
export function makeParse(spec: BodySpec): () => void {
  const { text, chunks } = makeBody({ ...spec, chunks: 'event' })
  const decoder = new TextDecoder()
  // The last holds the end, and no text.
  const data = chunks.slice(0, -1).map((chunk) => decoder.decode(chunk.subarray(6, -2)))
  return () => {
    let all = ''
    for (const event of data) all += JSON.parse(event).choices[0].delta.content
    if (all !== text) throw new Error('Another text.')
  }
}
