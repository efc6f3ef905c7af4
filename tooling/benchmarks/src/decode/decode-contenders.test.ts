import { describe, expect, it } from 'vitest'
import { decodeContenders } from './decode-contenders.js'
import { type BodySpec, makeBody } from './make-body.js'
import { respondWith } from './respond-with.js'

const spec: BodySpec = { chunks: '16 KiB', envelope: 'constant', text: 'lines', events: 60 }
const bodies: readonly (readonly [name: string, spec: BodySpec])[] = [
  ['in 16 KiB', spec],
  ['an event at a time', { ...spec, chunks: 'event' }],
  ['seven bytes at a time', { ...spec, chunks: '7 B' }],
  ['of varying envelopes', { ...spec, envelope: 'varying' }],
  ['of Japanese, seven bytes at a time', { ...spec, chunks: '7 B', text: 'japanese' }],
]

// The other libraries are not installed with the workspace; their text is checked whenever they are measured.
describe.each(['f1', 'f2', 'r1', 'parse', 'events', 'message'])('contender %s', (name) => {
  it.each(bodies)('reads the text to the letter, %s', async (_, body) => {
    const { decode } = (await decodeContenders[name]?.load()) ?? {}
    const made = makeBody(body)
    expect(await decode?.(respondWith(made))).toBe(made.text)
  })
})
