import { type ChatClient, type ChatClientOptions, createChatClient } from '@chatstream/core'

/** A provider in this process, as fast as it is read, that counts what was read of it. */
export interface CountedUpstream {
  readonly client: ChatClient
  /** Chunks of the body that were read. */
  readonly read: () => number
  readonly isCancelled: () => boolean
}

export const frame = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`

const DONE = 'data: [DONE]\n\n'
const COST = ': {"cost":"0.0012","prompt_tokens":15}\n\n'

/** @param chunks the body, before its `[DONE]` and its cost. */
export function countUpstream(
  chunks: readonly string[],
  options: ChatClientOptions = {},
  answer: (request: number) => Response | undefined = () => undefined,
): CountedUpstream {
  const encoder = new TextEncoder()
  let read = 0
  let requests = 0
  let isCancelled = false
  const fetch = async (): Promise<Response> => {
    const other = answer(++requests)
    if (other !== undefined) return other
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const chunk = [...chunks.slice(read, read + 1), DONE + COST][0]
          if (read++ > chunks.length) controller.close()
          else controller.enqueue(encoder.encode(chunk))
        },
        cancel() {
          isCancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  return {
    client: createChatClient({ baseURL: 'https://provider.example/v1', apiKey: 'KEY', fetch, ...options }),
    read: () => Math.min(read, chunks.length),
    isCancelled: () => isCancelled,
  }
}

export const request = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] } as const

/** Lets everything happen that waits for nothing but its turn. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await new Promise((resolve) => setImmediate(resolve))
}
