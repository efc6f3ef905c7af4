import type { Fetch } from '../src/http/fetch-response.js'

export interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  /** What becomes of the body after its last chunk. Default: it ends. */
  readonly after?: 'end' | 'break' | 'stay open'
}

/** A fetch that answers at once, with a body of just these chunks. */
export const respondWith =
  (chunks: readonly (string | Uint8Array)[], answer: Answer = {}): Fetch =>
  async () =>
    responseOf(chunks, answer)

export function responseOf(chunks: readonly (string | Uint8Array)[], answer: Answer = {}): Response {
  const { status = 200, headers = { 'content-type': 'text/event-stream' }, after = 'end' } = answer
  const encoder = new TextEncoder()
  let position = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[position++]
        if (chunk !== undefined) controller.enqueue(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
        else if (after === 'end') controller.close()
        // What Node's fetch says of a body that was reset.
        else if (after === 'break') controller.error(new TypeError('terminated'))
        else return new Promise(() => {})
        return undefined
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { status, headers })
}
