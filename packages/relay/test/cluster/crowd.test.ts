import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { startSimulator } from '@chatstream/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ask, say } from '../start-relay.js'
import { startProcess } from './start-process.js'

const streams = 500
const idle = 5000
const deaf = 1000

const tell = (line: string): void => void process.stdout.write(`${line}\n`)
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

describe('a crowd', () => {
  if (!process.env['CHATSTREAM_LARGE']) {
    it('(skipped)', ({ skip }) => skip('CHATSTREAM_LARGE=1 measures it: it takes minutes'))
    return
  }

  it.each([
    ['without', ''],
    ['with', 'memory'],
  ])(
    'all get their answers at once, %s a store',
    async (kind, STORE) => {
      const simulator = await startSimulator({ tokensPerSecond: 25 })
      onTestFinished(() => simulator.close())
      const relay = await startProcess({ BASE_URL: simulator.url, STORE })
      const before = await relay.usage()
      const responses = await Promise.all(
        Array.from({ length: streams }, () => ask(relay.url, say('[[tokens 100]] Go on'))),
      )
      const bodies = responses.map((response) => response.text())
      await simulator.journal.waitFor(({ eventsWritten }) => eventsWritten > 50, { timeoutMs: 60_000 })
      const during = await relay.usage()
      for (const body of await Promise.all(bodies)) expect(body).toMatch(/\[DONE\]\n(id: \d+\n)?\n: \{"cost"/)
      tell(
        `${streams} streams at once, ${kind} a store: ${during.running} under way when measured; RSS ${mebibytes(before.rss)} → ${mebibytes(during.rss)}, heap ${mebibytes((during.heapUsed + during.external - before.heapUsed - before.external) / streams)} a stream`,
      )
      expect((during.rss - before.rss) / streams).toBeLessThan(2 ** 20)
    },
    120_000,
  )

  it('of idle connections is held, and answers still come', async () => {
    const simulator = await startSimulator()
    onTestFinished(() => simulator.close())
    const relay = await startProcess({ BASE_URL: simulator.url, STORE: 'memory' })
    const before = await relay.usage()
    const body = JSON.stringify(say('[[fault stall after=1]] Hello'))
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
    const first = await openSocket(relay.url)
    first.write(head + body)
    const id = /x-stream-id: (\S+)/.exec(String(await once(first, 'data')))?.[1]
    // All of them follow one stream that says nothing more.
    for (let count = 0; count < idle; count += 250) {
      const some = Math.min(250, idle - count)
      await Promise.all(
        Array.from({ length: some }, async () => {
          const socket = await openSocket(relay.url)
          socket.write(`GET /v1/streams/${id} HTTP/1.1\r\nhost: x\r\n\r\n`)
          expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1.1 200/)
        }),
      )
    }
    const during = await relay.usage()
    expect(await (await ask(relay.url, {})).text()).toContain('[DONE]')
    tell(
      `${idle} idle connections: RSS ${mebibytes(before.rss)} → ${mebibytes(during.rss)}, ${((during.rss - before.rss) / idle / 1024).toFixed(1)} KiB each`,
    )
    const held = (during.heapUsed + during.external - before.heapUsed - before.external) / idle
    expect(held).toBeLessThan(50 * 1024)
  }, 120_000)

  it('that never reads costs bounded memory', async () => {
    // Little text in many bytes, as it is on this wire: core keeps the text, for the error that may come.
    const event = `data: {"choices":[{"delta":{"content":"x"}}],"more":"${'x'.repeat(32_000)}"}\n\n`
    const provider = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const write = (): void => {
        while (response.write(event));
      }
      response.on('drain', write)
      write()
    }).listen(0, '127.0.0.1')
    onTestFinished(() => {
      provider.closeAllConnections()
      provider.close()
    })
    await once(provider, 'listening')
    const { port } = provider.address() as AddressInfo
    const relay = await startProcess({ BASE_URL: `http://127.0.0.1:${port}/v1` })
    const before = await relay.usage()
    const body = JSON.stringify(say('Go on for ever'))
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
    const sockets = await Promise.all(Array.from({ length: deaf }, () => openSocket(relay.url)))
    for (const socket of sockets) socket.pause().write(head + body)
    // Another one is served as long as it reads.
    const reading = (await ask(relay.url, {})).body?.getReader()
    for (let read = 0; read < 2 ** 18; ) read += (await reading?.read())?.value?.length ?? 0
    const during = await relay.usage()
    expect(during.running).toBe(deaf + 1)
    await reading?.cancel()
    const held = (during.heapUsed + during.external - before.heapUsed - before.external) / deaf
    tell(
      `${deaf} connections that never read: ${(held / 1024).toFixed(0)} KiB held for each; RSS ${mebibytes(before.rss)} → ${mebibytes(during.rss)}, with what was passed on until they were full`,
    )
    expect(held).toBeLessThan(2 ** 20)
  }, 120_000)
})

async function openSocket(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {}) // it is cut off at the end
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}
