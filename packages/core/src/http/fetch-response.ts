import { Observable } from 'rxjs'
import { defer } from '../defer.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { HttpRequest } from './http-request.js'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * Sends the request, and hands the response to `read`, which must read its body. One subscription, one request;
 * unsubscribing closes the connection at any moment, also before the first byte.
 *
 * Errors with `network` if no response comes; what `read` errors with passes through.
 *
 * @param read calls `ended` at the end of the body: to abort what has ended does nothing, and takes as long as many tokens.
 */
export const fetchResponse = <T>(
  { url, init }: HttpRequest,
  fetch: Fetch,
  read: (response: Response, ended: () => void) => Observable<T>,
): Observable<T> =>
  new Observable((subscriber) => {
    const controller = new AbortController()
    let abort = (): void => controller.abort()
    // Async, so that a fetch that throws is one that rejects.
    const send = async (): Promise<Response> => fetch(url, { ...init, signal: controller.signal })
    send().then(
      (response) => {
        // A fetch of one's own may not heed the signal.
        if (subscriber.closed) response.body?.cancel().catch(ignore)
        else defer(() => read(response, () => (abort = ignore))).subscribe(subscriber)
      },
      (cause: unknown) => {
        subscriber.error(
          new ChatStreamError('network', `No answer from ${new URL(url).host}: ${reasonOf(cause)}`, {
            retryable: true,
            cause,
          }),
        )
      },
    )
    return () => abort()
  })

/** The reason lies deeper in Node: `fetch failed` is caused by `connect ECONNREFUSED`. */
const reasonOf = (cause: unknown): string => {
  const reason = (cause as Error | undefined)?.cause ?? cause
  return (reason as Error | undefined)?.message || String(reason)
}

// Nobody waits for this body any more: that it could not be cancelled is not told, and what has ended is not aborted.
const ignore = (): void => {}
