import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatRequest } from './chat-request.js'

/** A key, or a function that gives one, asked before each request. */
export type ApiKey = string | (() => string | undefined | Promise<string | undefined>)

/** A server to ask. */
export interface Endpoint {
  /** What comes before `/chat/completions`: absolute, or, in a browser, relative to the page. */
  readonly baseURL: string
  /** Sent as `Authorization: Bearer …`; leave it out where the server needs none from you. */
  readonly apiKey?: ApiKey | undefined
  /** In place of the request's model. */
  readonly model?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
}

export interface HttpRequest {
  readonly url: string
  readonly init: RequestInit
}

/** Makes the request for an endpoint, once it is its turn. */
export type ToRequest = (endpoint: Endpoint) => Promise<HttpRequest>

/**
 * The HTTP request for one attempt. What cannot be sent is told before anything is: `unsupported`, and what to do.
 */
export const toHttpRequest = (request: ChatRequest, endpoint: Endpoint): Promise<HttpRequest> =>
  toRequest(endpoint, '/chat/completions', () => ({
    method: 'POST',
    body: sendable(
      'JSON can hold no cycle and no BigInt',
      () => JSON.stringify({ ...request, model: endpoint.model ?? request.model, stream: true }),
      true,
    ),
  }))

/** The same for an answer that the server keeps: to read it from the event after this one, or to stop it. */
export const toStreamRequest = (
  method: 'GET' | 'DELETE',
  streamId: string,
  endpoint: Endpoint,
  lastEventId = '',
): Promise<HttpRequest> =>
  toRequest(endpoint, `/streams/${encodeURIComponent(streamId)}`, (headers) => {
    if (lastEventId !== '') headers.set('last-event-id', lastEventId)
    return { method }
  })

async function toRequest(
  { baseURL, apiKey, headers: more }: Endpoint,
  path: string,
  complete: (headers: Headers) => RequestInit,
): Promise<HttpRequest> {
  const url = toUrl(baseURL, path)
  const headers = toHeaders(typeof apiKey === 'function' ? await askFor(apiKey) : apiKey, more)
  return { url, init: { headers, ...complete(headers) } }
}

const toUrl = (baseURL: string, path: string): string =>
  sendable('baseURL must be a plain http(s) address, such as https://api.alltoken.ai/v1', () => {
    const url = new URL(baseURL, globalThis.location?.href)
    // Fetch refuses credentials in an address, and would quote them in its error.
    if (!url.protocol.startsWith('http') || url.username || url.password) throw url
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
    return url.href
  })

async function askFor(apiKey: () => ReturnType<Exclude<ApiKey, string>>): Promise<string | undefined> {
  try {
    return await apiKey()
  } catch (cause) {
    throw new ChatStreamError('authentication', 'The apiKey function failed: see the cause.', { cause })
  }
}

const toHeaders = (key: string | undefined, more: Endpoint['headers']): Headers =>
  sendable('apiKey or headers hold a character that no header may hold', () => {
    const headers = new Headers({ 'content-type': 'application/json', accept: 'text/event-stream' })
    if (key) headers.set('authorization', `Bearer ${key}`)
    for (const name in more) headers.set(name, more[name] ?? '')
    return headers
  })

/** The cause is told only if it cannot quote the key. */
function sendable<T>(rule: string, make: () => T, tellCause = false): T {
  try {
    return make()
  } catch (cause) {
    const details = tellCause ? { cause } : {}
    throw new ChatStreamError('unsupported', `This request cannot be sent: ${rule}.`, details)
  }
}
