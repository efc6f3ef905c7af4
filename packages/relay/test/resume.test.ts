import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryStore, type RelayReport } from '../src/index.js'
import { ask, say, startRelay } from './start-relay.js'

const parse = (body: string): { readonly last: number; readonly text: string } => {
  let last = 0
  let text = ''
  // What a client makes of a body that breaks: only whole events count.
  for (const event of body.split(/(?<=\n\n)/).filter((part) => part.endsWith('\n\n'))) {
    const id = /^id: (\d+)$/m.exec(event)?.[1]
    if (id !== undefined) last = Number(id)
    const data = /^data: (\{.*\})$/m.exec(event)?.[1]
    text +=
      (JSON.parse(data ?? '{}') as { choices?: { delta: { content?: string } }[] }).choices?.[0]?.delta
        .content ?? ''
  }
  return { last, text }
}

const from = (url: string, id: string | null, after: number, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}/streams/${id}`, { ...init, headers: { 'last-event-id': String(after) } })

describe('a stream that is resumed', () => {
  it('has each token once, wherever the line was cut', async () => {
    const { url } = await startRelay({ store: createMemoryStore() })
    const response = await ask(url, say('Explain quantum computing'))
    const id = response.headers.get('x-stream-id')
    const whole = await response.text()
    const { text } = parse(whole)
    expect(text.length).toBeGreaterThan(500)
    const boundaries = [...whole.matchAll(/\n\n/g)].map(({ index }) => index + 2)
    const anywhere = Array.from({ length: 60 }, () => Math.floor(Math.random() * whole.length))
    for (const cut of [0, ...boundaries.slice(0, 80), ...anywhere]) {
      const seen = parse(whole.slice(0, cut))
      const rest = parse(await (await from(url, id, seen.last)).text())
      expect(seen.text + rest.text).toBe(text)
    }
  })

  it('goes on live after what was missed, for several readers', async () => {
    const { simulator, url } = await startRelay({ store: createMemoryStore() }, { tokensPerSecond: 400 })
    const first = await ask(url, say('[[tokens 120]] Go on'))
    const id = first.headers.get('x-stream-id')
    const reader = first.body?.getReader()
    const start = new TextDecoder().decode((await reader?.read())?.value)
    await reader?.cancel()
    const seen = parse(start)
    const [left, right, all] = await Promise.all([
      from(url, id, seen.last),
      from(url, id, seen.last),
      from(url, id, 0),
    ])
    const texts = await Promise.all([left.text(), right.text(), all.text()])
    expect(simulator.journal.entries.length).toBe(1)
    expect(seen.text + parse(texts[0]).text).toBe(parse(texts[2]).text)
    expect(texts[1]).toBe(texts[0])
    expect(texts[2]).toMatch(/: \{"cost"/)
  })

  it('lives on for a while when nobody reads it, and not longer', async () => {
    const onFinish = vi.fn((_: RelayReport) => {})
    const { simulator, url } = await startRelay({
      store: createMemoryStore(),
      graceMs: 60,
      heartbeatMs: 45,
      onFinish,
    })
    const first = await ask(url, say('[[fault stall after=3]] Hello'))
    const id = first.headers.get('x-stream-id')
    await first.body?.cancel()
    const second = await from(url, id, 0)
    // Three heartbeats: longer than it may be alone.
    const reader = second.body?.getReader()
    for (let beats = 0; beats < 3; ) {
      const { value } = (await reader?.read()) ?? {}
      if (new TextDecoder().decode(value).startsWith(': keep-alive')) beats++
    }
    expect(simulator.journal.entries[0]?.closedBy).toBeUndefined()
    await reader?.cancel()
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
    await vi.waitFor(() => expect(onFinish.mock.calls[0]?.[0].outcome).toBe('aborted'))
  })

  it('is none before it has a name: who leaves then ends the answer', async () => {
    const { simulator, url } = await startRelay({ store: createMemoryStore() })
    const controller = new AbortController()
    const asked = ask(url, say('[[fault stall]] Hello'), { signal: controller.signal })
    await simulator.journal.waitFor(({ status }) => status === 200)
    controller.abort()
    await expect(asked).rejects.toThrow()
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })

  it('is stopped from anywhere, and each reader is told', async () => {
    const { simulator, url } = await startRelay({ store: createMemoryStore() })
    const first = await ask(url, say('[[fault stall after=3]] Hello'))
    const id = first.headers.get('x-stream-id')
    const second = await from(url, id, 1)
    expect((await fetch(`${url}/streams/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await simulator.journal.waitFor(({ closedBy }) => closedBy !== undefined)).closedBy).toBe(
      'client',
    )
    const ends = await Promise.all(
      [first, second, await from(url, id, 0)].map(async (one) => (await one.text()).slice(-140)),
    )
    for (const end of ends)
      expect(end).toMatch(/"type":"invalid_request_error","code":"stopped"\}\}\nid: \d+\n\n$/)
  })

  it('can no longer be had after its time', async () => {
    const { url } = await startRelay({ store: createMemoryStore({ ttlMs: 10 }) })
    const response = await ask(url, {})
    await response.text()
    await vi.waitFor(async () =>
      expect((await from(url, response.headers.get('x-stream-id'), 0)).status).toBe(404),
    )
  })

  it('makes room for the next when the store is full', async () => {
    const { url } = await startRelay({ store: createMemoryStore({ maxBytes: 3000 }) })
    const ids: (string | null)[] = []
    for (let count = 0; count < 4; count++) {
      const response = await ask(url, {})
      await response.text()
      ids.push(response.headers.get('x-stream-id'))
    }
    expect((await from(url, ids[0] ?? '', 0)).status).toBe(404)
    expect((await from(url, ids[3] ?? '', 0)).status).toBe(200)
  })
})

describe('who leaves', () => {
  const phases = [
    ['before the headers', 'stall before-headers', 'before-headers'],
    ['before the first piece', 'stall', 'headers-sent'],
    ['in mid-stream', 'stall after=3', 'streaming'],
    ['in the drain', 'open-end', 'done-sent'],
  ] as const

  it.each(phases)('closes the connection to the provider, %s', async (_, faults, phase) => {
    const { simulator, url } = await startRelay({ timeouts: { drainMs: 60_000 } }, { faults })
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    await once(socket, 'connect')
    const body = JSON.stringify(say('Hello'))
    socket.write(
      `POST /api/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
    socket.resume()
    await simulator.journal.waitFor(
      (entry) => entry.phase === phase && (phase !== 'streaming' || entry.eventsWritten > 3),
    )
    const leftAt = Date.now()
    socket.destroy()
    const { closedBy, endedAt = 0 } = await simulator.journal.waitFor((entry) => entry.closedBy !== undefined)
    expect(closedBy).toBe('client')
    if (process.env['CHATSTREAM_MEASURE'])
      process.stdout.write(`${phase}: closed after ${endedAt - leftAt} ms\n`)
  })

  it('also ends a stream of `fetch`, as its signal says', async () => {
    const { simulator, relay } = await startRelay()
    const controller = new AbortController()
    const request = new Request('http://relay.example/chat/completions', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(say('[[fault stall after=3]] Hello')),
      signal: controller.signal,
    })
    await relay(request)
    controller.abort()
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })
})

describe('a relay that closes', () => {
  it('takes no more, lets answers end in time, and tells those that do not', async () => {
    const { relay, url } = await startRelay({ store: createMemoryStore() }, { tokensPerSecond: 500 })
    const short = await ask(url, say('[[tokens 40]] Go on'))
    const long = await ask(url, say('[[fault stall after=3]] Hello'))
    const closed = relay.close({ withinMs: 800 })
    const refused = await ask(url, {})
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await short.text()).toContain('[DONE]')
    expect(await long.text()).toMatch(/"code":"shutting_down"\}\}\nid: \d+\n\n$/)
    await closed
    expect(relay.running()).toBe(0)
  })
})
