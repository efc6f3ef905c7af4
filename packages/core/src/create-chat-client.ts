import type { Observable } from 'rxjs'
import type { ChatEvent } from './event/chat-event.js'
import type { ChatRequest } from './http/chat-request.js'
import type { Fetch } from './http/fetch-response.js'
import type { Endpoint } from './http/http-request.js'
import { untilAborted } from './http/until-aborted.js'
import { streamChat } from './stream-chat.js'

export interface ChatClientOptions extends Partial<Endpoint> {
  /** In place of the runtime's own. */
  readonly fetch?: Fetch
  readonly timeouts?: ChatTimeouts
  /** The largest event that is accepted, in bytes. Default: 1 MiB. */
  readonly maxEventBytes?: number
}

/** Clocks, in milliseconds. */
export interface ChatTimeouts {
  /** How long to wait after `[DONE]` for the cost and the end of the body. Default: 1000. */
  readonly drainMs?: number
}

export interface ChatClient {
  /**
   * One answer, as it comes. Cold: one subscription, one request; unsubscribing, or the signal, closes the connection.
   * Completes after the cost, or when the signal aborts; errors with a `ChatStreamError`.
   */
  readonly stream: (
    request: ChatRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => Observable<ChatEvent>
}

/**
 * A client for one OpenAI-compatible service, AllToken by default.
 *
 * @example
 * ```ts
 * import { createChatClient } from '@chatstream/core'
 *
 * const client = createChatClient({ apiKey: 'KEY' })
 * client
 *   .stream({ model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] })
 *   .subscribe((event) => {
 *     if (event.type === 'text-delta') console.log(event.text)
 *     if (event.type === 'cost') console.log(event.cost)
 *   })
 * ```
 */
export function createChatClient(options: ChatClientOptions = {}): ChatClient {
  const {
    baseURL = 'https://api.alltoken.ai/v1',
    apiKey,
    model,
    headers,
    timeouts,
    maxEventBytes = 2 ** 20,
  } = options
  // Looked up at each request, so that a patched global, as in tests and tracing, is the one that is used.
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  return {
    stream: (request, { signal } = {}) => {
      const stream$ = streamChat(request, {
        endpoint: { baseURL, apiKey, model, headers },
        attempt: 1,
        fetch,
        drainMs: timeouts?.drainMs ?? 1000,
        maxEventBytes,
      })
      return signal === undefined ? stream$ : stream$.pipe(untilAborted(signal))
    },
  }
}
