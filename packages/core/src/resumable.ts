import { identity, type MonoTypeOperatorFunction, type Observable } from 'rxjs'
import type { ChatStreamError } from './errors/chat-stream-error.js'
import type { ChatEvent } from './event/chat-event.js'
import type { Fetch } from './http/fetch-response.js'
import { type Endpoint, type HttpRequest, type ToRequest, toStreamRequest } from './http/http-request.js'
import { stopStream } from './http/stop-stream.js'
import type { Keyring } from './policy/create-keyring.js'
import { type ReconnectLimits, reconnect } from './sse/reconnect.js'
import type { ServerSentEvent } from './sse/server-sent-event.js'

/** What a client can do with answers that its server keeps. */
export interface ResumableMethods {
  /**
   * An answer that the server keeps (`response-start` told its `streamId`), from its beginning and then live: the same
   * events as those of `stream`. Errors with `http`, status 404, if it is no longer kept.
   */
  readonly resume: (
    streamId: string,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => Observable<ChatEvent>
  /**
   * Ends an answer that the server keeps: leaving it does not. Resolves also if it has ended already; rejects with a
   * `ChatStreamError` if the server cannot be told.
   */
  readonly stop: (streamId: string) => Promise<void>
}

/** What the client lends. */
export interface ClientParts {
  readonly endpoint: Endpoint
  readonly keyring: Keyring
  readonly fetch: Fetch
  readonly answer: (toRequest: ToRequest, signal: AbortSignal | undefined) => Observable<ChatEvent>
}

export interface Resumable {
  /** Goes on where this response broke. */
  readonly reconnect: (
    response: Response,
    endpoint: Endpoint,
    ask: (send: () => Promise<HttpRequest>) => Observable<ServerSentEvent>,
  ) => MonoTypeOperatorFunction<ServerSentEvent>
  readonly methods: (parts: ClientParts) => ResumableMethods
}

/**
 * For servers that keep the streams they send, such as the relay: a line that breaks is taken up again where it broke,
 * and an answer can be resumed after a reload, and stopped from anywhere.
 *
 * @example
 * ```ts
 * import { createChatClient, resumable } from '@chatstream/core'
 *
 * const client = createChatClient({ baseURL: 'https://example.com/api', resumable: resumable() })
 * client.resume?.('the stream’s id').subscribe((event) => console.log(event))
 * ```
 */
export const resumable = (limits?: ReconnectLimits): Resumable => ({
  reconnect(response, endpoint, ask) {
    const streamId = response.headers.get('x-stream-id')
    if (!streamId) return identity
    return reconnect(
      (lastEventId) => ask(() => toStreamRequest('GET', streamId, endpoint, lastEventId)),
      limits,
    )
  },
  methods: ({ endpoint, keyring, fetch, answer }) => ({
    resume: (streamId, { signal } = {}) => answer((at) => toStreamRequest('GET', streamId, at), signal),
    async stop(streamId) {
      const holder = keyring.createHolder()
      const send = (): Promise<void> => stopStream(streamId, { ...endpoint, apiKey: holder.apiKey }, fetch)
      try {
        await send()
      } catch (error) {
        if (!keyring.canRefresh || (error as ChatStreamError).status !== 401) throw error
        await holder.refresh()
        await send()
      }
    },
  }),
})
