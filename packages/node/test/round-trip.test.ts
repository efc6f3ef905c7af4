import { buffer } from 'node:stream/consumers'
import { type ChatEvent, createChatClient } from '@chatstream/core'
import fc from 'fast-check'
import { firstValueFrom, type Observable, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { toReadable } from '../src/index.js'
import { request } from './counted-upstream.js'

/** A client of a provider whose body is this, cut into pieces of these sizes. */
const streamOf = (body: Uint8Array, sizes: readonly number[]): Observable<ChatEvent> => {
  let offset = 0
  let piece = 0
  const fetch = async (): Promise<Response> =>
    new Response(
      new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            const size = sizes[piece++ % sizes.length] ?? 1
            if (offset >= body.length) controller.close()
            else controller.enqueue(body.slice(offset, offset + size))
            offset += size
          },
        },
        { highWaterMark: 0 },
      ),
      { headers: { 'content-type': 'text/event-stream' } },
    )
  return createChatClient({ baseURL: 'https://provider.example/v1', fetch, retry: false }).stream(request)
}

const fromWire = async (stream$: Observable<ChatEvent>): Promise<ChatEvent[]> => {
  const events = await firstValueFrom(stream$.pipe(toArray()))
  return events.filter(({ type }) => type !== 'attempt-start' && type !== 'response-start')
}

const text = fc.string({ unit: 'binary', minLength: 1 })
const delta = fc.oneof(
  fc.record({ content: text }),
  fc.record({ reasoning_content: text }),
  fc.record({ reasoning: text, content: fc.constant(null) }),
  fc.record({ reasoning_content: text, content: text }),
  fc.record({ refusal: text }),
  fc.record({ content: fc.array(fc.record({ type: fc.constant('text'), text }), { minLength: 1 }) }),
  fc.record({
    tool_calls: fc.array(
      fc.record({ index: fc.nat(2), id: fc.string(), function: fc.record({ name: text, arguments: text }) }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
)
const chunk = fc.record({
  id: fc.string(),
  vendor: fc.jsonValue(),
  choices: fc.array(fc.record({ index: fc.nat(2), delta, finish_reason: fc.constantFrom(null, 'stop') }), {
    minLength: 1,
    maxLength: 3,
  }),
})
const frame = fc.oneof(
  { weight: 5, arbitrary: chunk.map((value) => `data: ${JSON.stringify(value)}\n\n`) },
  fc.stringMatching(/^[a-z :{}"]*$/).map((comment) => `: ${comment}\n\n`),
)
const body = fc.array(frame).map((frames) => {
  const cost = ': {"cost":"0.0012","output_price":"0.0009","vendor":[1]}\n\n'
  return new TextEncoder().encode(`${frames.join('')}data: [DONE]\n\n${cost}`)
})
const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 })

describe('what is written as server-sent events', () => {
  it('is what came, wherever it is cut, however slowly it is read', async () => {
    await fc.assert(
      fc.asyncProperty(body, sizes, fc.integer({ min: 1, max: 300 }), async (bytes, sizes, highWaterMark) => {
        const written = await buffer(toReadable(streamOf(bytes, sizes), { format: 'sse', highWaterMark }))
        expect(await fromWire(streamOf(written, sizes))).toEqual(await fromWire(streamOf(bytes, sizes)))
        // Of sound chunks nothing changes at all.
        expect(written.toString()).toBe(new TextDecoder().decode(bytes))
      }),
      { numRuns: 60 },
    )
  }, 30_000)
})
