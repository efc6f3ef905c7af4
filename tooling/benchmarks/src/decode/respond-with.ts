import type { Body } from './make-body.js'

/** As fetch would: a chunk is handed over when it is asked for. */
export const respondWith = ({ chunks }: Body): Response => {
  let position = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = chunks[position++]
        if (chunk === undefined) controller.close()
        else controller.enqueue(chunk)
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}
