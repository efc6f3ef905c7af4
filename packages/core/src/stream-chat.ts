import { identity, Observable } from 'rxjs'
import { parseChunks } from './chunk/parse-chunks.js'
import { deferUntil } from './defer.js'
import { defined } from './errors/chat-stream-error.js'
import type { ChatEvent } from './event/chat-event.js'
import { toChatEvents } from './event/to-chat-events.js'
import { type BodyHead, createBodyHead } from './http/body-head.js'
import type { Demand } from './http/demand.js'
import { type Fetch, fetchResponse } from './http/fetch-response.js'
import type { Endpoint, HttpRequest, ToRequest } from './http/http-request.js'
import { readBody } from './http/read-body.js'
import { explain, isEventStream, readRefusal, requestIdOf } from './http/read-response.js'
import { operatorOf } from './operator-of.js'
import { contentClocks } from './policy/content-clocks.js'
import type { Resumable } from './resumable.js'
import { parseSse } from './sse/parse-sse.js'
import type { ServerSentEvent } from './sse/server-sent-event.js'

/** Clocks, in milliseconds; `Infinity` switches one off. */
export interface ChatTimeouts {
  /** From the start of an attempt to its first piece of content. Default: 300 000, for models that think in silence. */
  readonly firstContentMs?: number
  /** From one piece of content to the next. Default: 60 000. */
  readonly idleMs?: number
  /** For all attempts, waits and the whole answer together. Default: off. */
  readonly totalMs?: number
  /** How long to wait after `[DONE]` for the cost and the end of the body. Default: 1000. */
  readonly drainMs?: number
}

export interface StreamOptions {
  readonly endpoint: Endpoint
  readonly attempt: number
  readonly fetch: Fetch
  readonly demand: Demand | undefined
  readonly timeouts?: ChatTimeouts
  readonly maxEventBytes?: number
  readonly resumable?: Resumable
}

/**
 * One request to one endpoint: bytes → server-sent events → completion chunks → chat events.
 *
 * Cold: one subscription, one request; unsubscribing closes the connection. Errors with a `ChatStreamError`.
 */
export function streamChat(toRequest: ToRequest, options: StreamOptions): Observable<ChatEvent> {
  const { endpoint, attempt, fetch, demand, timeouts = {}, maxEventBytes = 2 ** 20 } = options
  const clocks = { firstContentMs: 300_000, idleMs: 60_000, drainMs: 1000, ...defined(timeouts) }
  let arrivedAt = Date.now()
  const origin = { attempt, endpoint: endpoint.baseURL }

  const ask = <T>(
    send: () => Promise<HttpRequest>,
    read: (response: Response, ended: () => void) => Observable<T>,
  ): Observable<T> =>
    deferUntil(send, (request) =>
      fetchResponse(request, fetch, (response, ended) =>
        isEventStream(response) ? read(response, ended) : readRefusal(response),
      ),
    )

  const readSse = (response: Response, ended: () => void, head?: BodyHead): Observable<ServerSentEvent> => {
    const note = (bytes: Uint8Array): void => {
      arrivedAt = Date.now() // once for all the events of a chunk
      head?.add(bytes)
    }
    return readBody(response, note, demand, ended).pipe(parseSse({ maxEventBytes, errorField: true }))
  }

  const readEvents = (response: Response, ended: () => void): Observable<ChatEvent> => {
    const head = createBodyHead(2048)
    const goOn = options.resumable?.reconnect(response, endpoint, (send) => ask(send, readSse)) ?? identity
    return readSse(response, ended, head).pipe(
      goOn,
      parseChunks(),
      toChatEvents(),
      operatorOf((subscriber) => {
        subscriber.next({
          type: 'response-start',
          ...origin,
          status: response.status,
          requestId: requestIdOf(response),
          streamId: response.headers.get('x-stream-id') ?? undefined,
        })
        return { error: (error) => subscriber.error(explain(error, response, head.text())) }
      }),
    )
  }

  const answer$ = ask(() => toRequest(endpoint), readEvents)
  return new Observable<ChatEvent>((subscriber) => {
    subscriber.next({ type: 'attempt-start', ...origin })
    return answer$.subscribe(subscriber)
  }).pipe(contentClocks(clocks, demand, () => arrivedAt))
}
