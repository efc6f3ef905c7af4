import { createRelay, type RelayOptions } from '../src/index.js'
import { KEY, say } from './start-relay.js'

/** A relay whose provider answers with these bytes, cut like this; without any socket. */
export const rawRelay = (
  chunks: readonly Uint8Array[],
  options: Partial<RelayOptions> = {},
  init: ResponseInit = { headers: { 'content-type': 'text/event-stream' } },
) => {
  const relay = createRelay({
    baseURL: 'https://provider.example/v1',
    apiKey: KEY,
    retry: false,
    authorize: () => ({ id: 'ann' }),
    fetch: async () =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const chunk of chunks) if (chunk.length > 0) controller.enqueue(chunk)
            controller.close()
          },
        }),
        init,
      ),
    ...options,
  })
  return {
    relay,
    ask: (body: object = say('Hello')) => relay(post(body)),
    resume: (id: string, after?: number) =>
      relay(
        new Request(`http://relay.example/streams/${id}`, {
          headers: after === undefined ? {} : { 'last-event-id': String(after) },
        }),
      ),
  }
}

const post = (body: object): Request =>
  new Request('http://relay.example/chat/completions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

export const bytesOf = async (response: Response): Promise<Buffer> =>
  Buffer.from(await response.arrayBuffer())
