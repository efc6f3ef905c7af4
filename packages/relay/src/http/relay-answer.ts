import type { ByteSource } from '../store/byte-source.js'
import { type RelayError, toEnvelope } from './relay-error.js'

/** What is answered to a request, before it is a `Response` or goes to a socket. */
export interface RelayAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | ByteSource | undefined
}

export const jsonAnswer = (status: number, body: string | Uint8Array): RelayAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body,
})

/** An event stream that no proxy on the way is to compress, to keep, or to hold back. */
export const streamAnswer = (body: ByteSource, streamId: string | undefined): RelayAnswer => ({
  status: 200,
  headers: {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    ...(streamId !== undefined && { 'x-stream-id': streamId }),
  },
  body,
})

export function errorAnswer(error: RelayError): RelayAnswer {
  const { headers, ...answer } = jsonAnswer(error.status, toEnvelope(error))
  const { retryAfterMs } = error
  if (retryAfterMs === undefined) return { ...answer, headers }
  return {
    ...answer,
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(retryAfterMs / 1000)),
      'retry-after-ms': String(Math.ceil(retryAfterMs)),
    },
  }
}

export const isByteSource = (body: RelayAnswer['body']): body is ByteSource =>
  typeof body === 'object' && 'read' in body
