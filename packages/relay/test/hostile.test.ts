import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createChatClient, finalMessage } from '@chatstream/core'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMemoryStore, type RelayReport } from '../src/index.js'
import { ask, KEY, say, startRelay } from './start-relay.js'

/** A client that writes to the socket itself. */
const open = async (url: string): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => {}) // being cut off is what it has come for
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return socket
}

const answerTo = async (url: string, request: string): Promise<string> => {
  const socket = await open(url)
  socket.write(request)
  let answer = ''
  for await (const bytes of socket) {
    answer += bytes
    if (answer.includes('\r\n\r\n')) break
  }
  return answer
}

const head = (more: string): string =>
  `POST /api/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${more}\r\n`

describe('a hostile client', () => {
  it('cannot send 100 MB, said beforehand or not', async () => {
    const { simulator, relay, url } = await startRelay({ maxBodyBytes: 1000 })
    expect(await answerTo(url, head(`content-length: ${100 * 2 ** 20}\r\n`))).toMatch(/^HTTP\/1.1 413 /)
    const socket = await open(url)
    socket.write(head('transfer-encoding: chunked\r\n'))
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    let written = 0
    while (written < 100 * 2 ** 20 && !socket.destroyed) {
      written += chunk.length
      if (!socket.write(chunk))
        await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => {})
    }
    expect(written).toBeLessThan(20 * 2 ** 20)
    expect([simulator.journal.entries.length, relay.running()]).toEqual([0, 0])
  })

  it('cannot send for ever', async () => {
    const { url } = await startRelay({ bodyTimeoutMs: 30 })
    expect(await answerTo(url, `${head('content-length: 500\r\n')}{"model":`)).toMatch(/^HTTP\/1.1 408 /)
  })

  it.each([
    ['broken JSON', '{"model":'],
    ['bytes that are no text', '\xff\xfe'],
    ['a list', '[]'],
    ['no messages', '{"model":"deepseek-chat"}'],
    ['a message that is none', '{"model":"deepseek-chat","messages":[1]}'],
    ['a temperature of words', '{"model":"m","messages":[{"role":"user","content":""}],"temperature":"hot"}'],
    [
      'a depth without end',
      `{"model":"m","messages":[{"role":"user","content":"x"}],"x":${'['.repeat(2e5)}${']'.repeat(2e5)}}`,
    ],
  ])('is told what is wrong with %s, by 400, and nothing is asked', async (_, body) => {
    const { simulator, url } = await startRelay()
    const response = await ask(url, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
    expect(simulator.journal.entries.length).toBe(0)
  })

  it('cannot send a form, which a page may send to anybody', async () => {
    const { url } = await startRelay()
    expect((await ask(url, {}, { headers: { 'content-type': 'text/plain' } })).status).toBe(415)
  })

  it('can neither read nor stop the stream of someone else, nor learn that there is one', async () => {
    const { simulator, url } = await startRelay({ store: createMemoryStore() })
    const response = await ask(url, say('[[fault stall after=3]] Hello'), {
      headers: { authorization: 'ann' },
    })
    const id = response.headers.get('x-stream-id') ?? ''
    expect(id.length).toBe(32)
    const statusOf = async (path: string, authorization: string, method = 'GET') => {
      const answer = await fetch(`${url}/streams/${path}`, { method, headers: { authorization } })
      const text = answer.status === 200 ? '' : await answer.text()
      return [answer.status, text]
    }
    const unknown = await statusOf('a'.repeat(32), 'bob')
    expect(unknown[0]).toBe(404)
    expect(unknown[1]).toContain('stream_not_found')
    expect(await statusOf(id, 'bob')).toEqual(unknown)
    expect(await statusOf(id, 'bob', 'DELETE')).toEqual(unknown)
    expect(await statusOf('..%2f..%2fetc', 'bob')).toEqual(unknown)
    expect(await statusOf('%0d%0aset-cookie:a=b', 'bob')).toEqual(unknown)
    expect((await statusOf(id, 'ann'))[0]).toBe(200)
    expect(simulator.journal.entries[0]?.closedBy).toBeUndefined()
  })

  it.each(['-1', '1.5', '1e3', 'x', '9'.repeat(16), '0x10'])(
    'cannot forge Last-Event-ID: %s',
    async (forged) => {
      const { url } = await startRelay({ store: createMemoryStore() })
      const response = await ask(url, {})
      await response.text()
      const path = `${url}/streams/${response.headers.get('x-stream-id')}`
      const refused = await fetch(path, { headers: { 'last-event-id': forged } })
      expect(refused.status).toBe(400)
      const ahead = await fetch(path, { headers: { 'last-event-id': '999999' } })
      expect(await ahead.text()).toBe('')
    },
  )

  it('cannot put a header into the answer, or into the request to the provider', async () => {
    const { simulator, url } = await startRelay({ cors: { origins: ['https://chat.example'] } })
    const answer = await answerTo(
      url,
      `${head('origin: https://evil.example\r\nx-a: b\r\ncontent-length: 2\r\n')}{}`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer).not.toMatch(/evil|access-control-allow-origin/i)
    await (await ask(url, { model: 'deepseek-chat', 'x\r\ny': 'a\r\nb: c' })).text()
    expect(Object.keys(simulator.journal.entries[0]?.headers ?? {})).not.toContain('b')
  })

  it('that never reads holds the provider back, and is cut off', async () => {
    const onFinish = vi.fn((_: RelayReport) => {})
    const event = new TextEncoder().encode(
      `data: {"choices":[{"delta":{"content":"${'x'.repeat(16_000)}"}}]}\n\n`,
    )
    let pulled = 0
    let left = 0
    const { url } = await startRelay({
      stallMs: 100,
      onFinish,
      limits: { concurrentPerUser: 100 },
      async fetch() {
        const body = new ReadableStream({
          pull(controller) {
            pulled += event.length
            controller.enqueue(event)
          },
          cancel: () => void left++,
        })
        return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
      },
    })
    const body = JSON.stringify(say('Go on for ever'))
    const sockets = await Promise.all(Array.from({ length: 50 }, () => open(url)))
    for (const socket of sockets) socket.pause().write(`${head(`content-length: ${body.length}\r\n`)}${body}`)
    await vi.waitFor(() => expect(left).toBe(50), { timeout: 10_000 })
    expect(onFinish.mock.calls.map(([{ outcome }]) => outcome)).toEqual(Array(50).fill('aborted'))
    // What the kernel takes for a socket, and 64 KiB.
    expect(pulled / 50).toBeLessThan(16 * 2 ** 20)
  }, 20_000)

  it('is never shown the key, whatever it asks', async () => {
    const logged: string[] = []
    const note = (...all: unknown[]): void =>
      void logged.push(JSON.stringify(all, Object.getOwnPropertyNames(Error.prototype)) + String(all))
    const faults = [
      'status code=401',
      'status code=500',
      'error-frame',
      'error-frame after=2',
      'unauthorized always',
      'html',
    ]
    for (const fault of faults) {
      const { url } = await startRelay({ onFinish: note, onError: note, store: createMemoryStore() })
      const response = await ask(url, say(`[[fault ${fault}]] Hello ${KEY.slice(0, 3)}`))
      logged.push(JSON.stringify([...response.headers]), await response.text())
      const stream$ = createChatClient({ baseURL: url, retry: false }).stream(say(`[[fault ${fault}]] Hello`))
      logged.push(
        await finalMessage(stream$).then(
          JSON.stringify,
          (error: Error) => `${error.stack}${JSON.stringify(error)}`,
        ),
      )
    }
    expect(logged.length).toBeGreaterThan(20)
    expect(logged.join('\n')).not.toContain(KEY)
  })
})
