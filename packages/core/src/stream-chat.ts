import { catchError, defer, type Observable, startWith, switchMap, tap, throwError } from 'rxjs'
import { drainAfterDone } from './chunk/drain-after-done.js'
import { parseChunks } from './chunk/parse-chunks.js'
import type { ChatEvent, ResponseStart } from './event/chat-event.js'
import { toChatEvents } from './event/to-chat-events.js'
import { createBodyHead } from './http/body-head.js'
import type { ChatRequest } from './http/chat-request.js'
import { type Fetch, fetchResponse } from './http/fetch-response.js'
import { type Endpoint, toHttpRequest } from './http/http-request.js'
import { readBody } from './http/read-body.js'
import { explain, isEventStream, readRefusal, requestIdOf } from './http/read-response.js'
import { type ContentClocks, contentClocks } from './policy/content-clocks.js'
import { parseSse } from './sse/parse-sse.js'

export interface StreamOptions {
  readonly endpoint: Endpoint
  readonly attempt: number
  readonly fetch: Fetch
  readonly clocks: ContentClocks
  readonly drainMs: number
  readonly maxEventBytes: number
}

/**
 * One request to one endpoint: bytes → server-sent events → completion chunks → chat events.
 *
 * Cold: one subscription, one request; unsubscribing closes the connection. Errors with a `ChatStreamError`.
 */
export function streamChat(request: ChatRequest, options: StreamOptions): Observable<ChatEvent> {
  const { endpoint, attempt, fetch, clocks, drainMs, maxEventBytes } = options
  const origin = { attempt, endpoint: endpoint.baseURL }

  const readEvents = (response: Response): Observable<ChatEvent> => {
    if (!isEventStream(response)) return readRefusal(response)
    const head = createBodyHead(2048)
    return readBody(response).pipe(
      tap(head.add),
      parseSse({ maxEventBytes, errorField: true }),
      parseChunks(),
      drainAfterDone(drainMs),
      toChatEvents(),
      startWith(responseStart(response, origin)),
      catchError((error: unknown) => throwError(() => explain(error, response, head.text()))),
    )
  }

  return defer(() => toHttpRequest(request, endpoint)).pipe(
    switchMap((httpRequest) => fetchResponse(httpRequest, fetch, readEvents)),
    startWith<ChatEvent>({ type: 'attempt-start', ...origin }),
    contentClocks(clocks),
  )
}

const responseStart = (
  response: Response,
  origin: { readonly attempt: number; readonly endpoint: string },
): ResponseStart => {
  const requestId = requestIdOf(response)
  return {
    type: 'response-start',
    ...origin,
    status: response.status,
    ...(requestId !== undefined && { requestId }),
  }
}
