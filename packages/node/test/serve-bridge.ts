import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  createServer as createHttp2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { onTestFinished } from 'vitest'

type Handle = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => unknown

/** A server of this process, gone at the end of the test. */
export async function serve(protocol: 'HTTP/1.1' | 'HTTP/2', handle: Handle): Promise<string> {
  const server: Server = protocol === 'HTTP/1.1' ? createServer(handle) : createHttp2Server(handle)
  const open = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket) => open.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
