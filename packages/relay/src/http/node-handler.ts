import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ByteSource } from '../store/byte-source.js'
import { isByteSource, type RelayAnswer } from './relay-answer.js'

/** A request as it came in by a server of Node, with its body apart. */
export interface NodeCall {
  readonly request: Request
  readonly body: AsyncIterable<Uint8Array> | null
  readonly gone: AbortSignal
}

export function readNodeRequest(message: IncomingMessage, response: ServerResponse): NodeCall {
  const leaving = new AbortController()
  // Nobody leaves who has all; and the error that comes with it is dear.
  response.once('close', () => {
    if (!response.writableFinished) leaving.abort()
  })
  const headers: Record<string, string> = {}
  for (const name in message.headers) {
    const value = message.headers[name]
    if (!name.startsWith(':')) headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  }
  // Only the path is looked at: what the client calls this server says nothing.
  const { pathname, search } = new URL(message.url ?? '/', 'http://relay.invalid')
  const request = new Request(`http://relay.invalid${pathname}${search}`, {
    method: message.method ?? 'GET',
    headers,
    signal: leaving.signal,
  })
  return { request, body: bodyOf(message), gone: leaving.signal }
}

/** What a framework has parsed already cannot be read once more. */
function bodyOf(message: IncomingMessage): AsyncIterable<Uint8Array> {
  const { body } = message as { readonly body?: unknown }
  if (!message.readableEnded || body === undefined) return message.iterator({ destroyOnReturn: false })
  return (async function* () {
    yield Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  })()
}

/** Writes the answer, as fast as the socket takes it. */
export async function sendNodeAnswer(
  { status, headers, body }: RelayAnswer,
  message: IncomingMessage,
  response: ServerResponse,
  stallMs: number,
): Promise<void> {
  if (response.destroyed) {
    if (isByteSource(body)) body.cancel()
    return
  }
  // Of a body that is not read to its end, the rest would be taken for the next request.
  const isRead = message.readableEnded || message.complete
  if (!isRead && message.httpVersionMajor === 1) response.setHeader('connection', 'close')
  response.writeHead(status, headers)
  if (isByteSource(body)) return pump(body, response, stallMs)
  response.end(body)
}

async function pump(source: ByteSource, response: ServerResponse, stallMs: number): Promise<void> {
  response.once('close', source.cancel)
  // With the first bytes, if these are there already.
  let isFirst = true
  setImmediate(() => {
    if (isFirst && !response.destroyed) response.flushHeaders()
  })
  try {
    for (;;) {
      const bytes = await source.read()
      isFirst = false
      if (bytes === undefined) break
      if (response.destroyed) return
      if (!response.write(bytes)) await drained(response, stallMs)
    }
    response.end()
  } catch {
    response.destroy() // the line breaks as the upstream's did
  }
}

/** Resolves when the socket takes more, or is gone; and destroys it if it takes nothing for so long. */
const drained = (response: ServerResponse, stallMs: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(stalled)
      response.off('drain', done).off('close', done)
      resolve()
    }
    const stalled = setTimeout(() => response.destroy(), stallMs)
    response.on('drain', done).on('close', done)
  })
