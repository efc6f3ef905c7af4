import type { Observable } from 'rxjs'
import { drainAfterDone } from './chunk/drain-after-done.js'
import { parseChunks } from './chunk/parse-chunks.js'
import { deferUntil } from './defer.js'
import type { ChatEvent } from './event/chat-event.js'
import { toChatEvents } from './event/to-chat-events.js'
import { createBodyHead, keepHead } from './http/body-head.js'
import type { ChatRequest } from './http/chat-request.js'
import type { Demand } from './http/demand.js'
import { type Fetch, fetchResponse } from './http/fetch-response.js'
import { type Endpoint, toHttpRequest } from './http/http-request.js'
import { readBody } from './http/read-body.js'
import { explain, isEventStream, readRefusal, requestIdOf } from './http/read-response.js'
import { operatorOf } from './operator-of.js'
import { type ContentClocks, contentClocks } from './policy/content-clocks.js'
import { parseSse } from './sse/parse-sse.js'

export interface StreamOptions {
  readonly endpoint: Endpoint
  readonly attempt: number
  readonly fetch: Fetch
  readonly clocks: ContentClocks
  readonly drainMs: number
  readonly maxEventBytes: number
  readonly demand: Demand | undefined
}

/**
 * One request to one endpoint: bytes → server-sent events → completion chunks → chat events.
 *
 * Cold: one subscription, one request; unsubscribing closes the connection. Errors with a `ChatStreamError`.
 */
export function streamChat(request: ChatRequest, options: StreamOptions): Observable<ChatEvent> {
  const { endpoint, attempt, fetch, clocks, drainMs, maxEventBytes, demand } = options
  const origin = { attempt, endpoint: endpoint.baseURL }

  const readEvents = (response: Response): Observable<ChatEvent> => {
    if (!isEventStream(response)) return readRefusal(response)
    const head = createBodyHead(2048)
    return readBody(response, demand).pipe(
      keepHead(head),
      parseSse({ maxEventBytes, errorField: true }),
      parseChunks(),
      drainAfterDone(drainMs, demand),
      toChatEvents(),
      operatorOf((subscriber) => {
        subscriber.next({
          type: 'response-start',
          ...origin,
          status: response.status,
          requestId: requestIdOf(response),
        })
        return { error: (error) => subscriber.error(explain(error, response, head.text())) }
      }),
    )
  }

  return deferUntil(
    () => toHttpRequest(request, endpoint),
    (httpRequest) => fetchResponse(httpRequest, fetch, readEvents),
  ).pipe(
    operatorOf<ChatEvent>((subscriber) => {
      subscriber.next({ type: 'attempt-start', ...origin })
      return {}
    }),
    contentClocks(clocks, demand),
  )
}
