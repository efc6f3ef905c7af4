// @vitest-environment node
import { request as httpRequest, type IncomingMessage, type Server } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { runFirst } from './run-first.js'

/** What a server on this machine answers, as its client sees it. */
const ask = (server: Server, path: string, headers = {}, body?: unknown): Promise<string> =>
  new Promise((resolve, reject) => {
    const port = (server.address() as { port: number }).port
    const read = (response: IncomingMessage) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece) => {
        text += piece
      })
      response.on('end', () => resolve(text))
    }
    const method = body === undefined ? 'GET' : 'POST'
    const asked = httpRequest({ host: '127.0.0.1', port, path, method, headers }, read)
    asked.on('error', reject).end(body && JSON.stringify(body))
  })

/** The example's server on any free port, and in reach of the test. */
const anyPort = (code: string): string =>
  code
    .replace(/^createServer\(/m, 'export const server = createServer(')
    .replace(/\.listen\(\d+\)/, ".listen(0, '127.0.0.1')")

const isListening = (server: Server) => vi.waitFor(() => expect(server.address()).not.toBeNull())

describe('the first example', () => {
  it('of packages/node/README.md serves an answer', async () => {
    const { server } = (await runFirst('packages/node/README.md', anyPort)) as { server: Server }
    await isListening(server)
    const answer = await ask(server, '/')
    expect(answer).toMatch(/^data: [\s\S]*Simulator[\s\S]*data: \[DONE\]\n\n: \{"cost"/)
    server.close()
  })

  it('of packages/relay/README.md passes an answer on, to who may ask', async () => {
    const { server } = (await runFirst('packages/relay/README.md', anyPort)) as { server: Server }
    await isListening(server)
    const question = { model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }], stream: true }
    const headers = { 'content-type': 'application/json' }
    expect(await ask(server, '/chat/completions', headers, question)).toContain('"error"')
    const answer = await ask(server, '/chat/completions', { ...headers, cookie: 'session=1' }, question)
    expect(answer).toMatch(/data: [\s\S]*Simulator[\s\S]*data: \[DONE\]/)
    server.close()
  })
})
