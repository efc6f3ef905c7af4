import { isByteSource, type RelayAnswer } from './relay-answer.js'

/** As a `Response`, which reads the stream as fast as it is read itself. */
export function toResponse({ status, headers, body }: RelayAnswer): Response {
  if (!isByteSource(body))
    return new Response(body === undefined ? null : (body as BodyInit), { status, headers })
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = await body.read()
        if (bytes === undefined) controller.close()
        else controller.enqueue(bytes)
      },
      cancel: () => body.cancel(),
    },
    { highWaterMark: 0 },
  )
  return new Response(stream, { status, headers })
}
