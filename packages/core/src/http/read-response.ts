import type { Observable } from 'rxjs'
import { after } from '../after.js'
import {
  ChatStreamError,
  type ChatStreamErrorDetails,
  isChatStreamError,
  withDetails,
} from '../errors/chat-stream-error.js'
import { isRecord } from '../errors/is-record.js'
import { providerError, reportsError } from '../errors/provider-error.js'
import { operatorOf } from '../operator-of.js'
import { createBodyHead } from './body-head.js'
import { readBody } from './read-body.js'
import { retryAtOf } from './retry-at.js'

/** How much of a body that is no stream is read, to find the error in it. */
const MAX_ERROR_BYTES = 65_536
/** How long such a body may take, in milliseconds: a server that fails may also fail to end its answer. */
const MAX_ERROR_MS = 2_000

/**
 * May the body be read as an event stream? Some servers forget to say so: only what declares itself to be another thing is
 * not.
 *
 * @example
 * ```ts
 * import { isEventStream } from '@chatstream/core'
 *
 * const response = await fetch('https://example.com/v1/chat/completions')
 * if (!isEventStream(response)) console.error(await response.text())
 * ```
 */
export const isEventStream = (response: Response): boolean =>
  response.ok && !/json|html|xml/i.test(response.headers.get('content-type') ?? '')

/** Errors with what a response that is no stream says: an HTTP error, or a JSON error or a web page in its place. */
export function readRefusal(response: Response): Observable<never> {
  const head = createBodyHead(MAX_ERROR_BYTES)
  return readBody(response, head.add).pipe(
    operatorOf((subscriber) => {
      const tell = (): void => subscriber.error(notAStream(head.text(), response))
      subscriber.add(after(MAX_ERROR_MS, tell))
      return {
        next() {
          if (head.isFull()) tell()
        },
        error: tell, // that it broke says less than what it is
        complete: tell,
      }
    }),
  )
}

/** What the response itself adds to an error. */
const responseDetails = (response: Response, head: string): ChatStreamErrorDetails => ({
  status: response.status,
  requestId: requestIdOf(response),
  contentType: response.headers.get('content-type') ?? undefined,
  retryAt: retryAtOf(response.headers, response.status),
  body: head.slice(0, 2048),
})

export const requestIdOf = (response: Response): string | undefined =>
  response.headers.get('x-request-id') ?? response.headers.get('request-id') ?? undefined

/**
 * An error of the stream, with what is known of the response. A body that turned out to hold no event at all is told
 * as what it is: an error in JSON, a web page, or nothing.
 */
export function explain(error: unknown, response: Response, head: string): unknown {
  if (!isChatStreamError(error)) return error
  const isOther = error.kind === 'truncated' && /^\s*($|[{<])/.test(head)
  return isOther ? notAStream(head, response) : withDetails(error, responseDetails(response, head))
}

function notAStream(text: string, response: Response): ChatStreamError {
  const details = responseDetails(response, text)
  const json = parseObject(text)
  if (!response.ok) return providerError(json, details)
  if (json !== undefined && reportsError(json)) return withDetails(providerError(json), details)
  const isEmpty = text.trim() === ''
  const what = isEmpty ? 'an empty body' : (details.contentType ?? 'a body without a type')
  const message = `The server answered with ${what}, not with an event stream: check baseURL, and any proxy.`
  return new ChatStreamError(isEmpty ? 'truncated' : 'malformed', message, { ...details, retryable: isEmpty })
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const [first] = [value].flat() // Google sends its errors in a list
    return isRecord(first) ? first : undefined
  } catch {
    return undefined // a page, or plain words: they are kept as the error's body
  }
}
