import { ChatStreamError, type ChatStreamErrorKind } from '../errors/chat-stream-error.js'
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
export async function toHttpRequest(request: ChatRequest, endpoint: Endpoint): Promise<HttpRequest> {
  const { url, headers } = await toTarget(endpoint, '/chat/completions')
  const body = await sendable('JSON can hold no cycle and no BigInt', true, () =>
    JSON.stringify({ ...request, model: endpoint.model ?? request.model, stream: true }),
  )
  return { url, init: { method: 'POST', headers, body } }
}

/** The same for an answer that the server keeps: to read it from the event after this one, or to stop it. */
export async function toStreamRequest(
  method: 'GET' | 'DELETE',
  streamId: string,
  endpoint: Endpoint,
  lastEventId = '',
): Promise<HttpRequest> {
  const { url, headers } = await toTarget(endpoint, `/streams/${encodeURIComponent(streamId)}`)
  if (lastEventId !== '') headers.set('last-event-id', lastEventId)
  return { url, init: { method, headers } }
}

async function toTarget(
  { baseURL, apiKey, headers: more }: Endpoint,
  path: string,
): Promise<{ readonly url: string; readonly headers: Headers }> {
  const address = 'baseURL must be a plain http(s) address, such as https://api.alltoken.ai/v1'
  const url = await sendable(address, false, () => {
    const url = new URL(baseURL, globalThis.location?.href)
    // Fetch refuses credentials in an address, and would quote them in its error.
    if (!url.protocol.startsWith('http') || url.username || url.password) throw url
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
    return url.href
  })
  const key =
    typeof apiKey === 'function'
      ? await sendable('the apiKey function failed, see the cause', true, apiKey, 'authentication')
      : apiKey
  const headers = await sendable('apiKey or headers hold a character that no header may hold', false, () => {
    const headers = new Headers({ 'content-type': 'application/json', accept: 'text/event-stream' })
    if (key) headers.set('authorization', `Bearer ${key}`)
    for (const name in more) headers.set(name, more[name] ?? '')
    return headers
  })
  return { url, headers }
}

/** @param tellCause only where it cannot quote the key. */
async function sendable<T>(
  rule: string,
  tellCause: boolean,
  make: () => T | Promise<T>,
  kind: ChatStreamErrorKind = 'unsupported',
): Promise<T> {
  try {
    return await make()
  } catch (cause) {
    throw new ChatStreamError(kind, `This request cannot be sent: ${rule}.`, tellCause ? { cause } : {})
  }
}
