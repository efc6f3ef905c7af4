import { createChatClient, finalMessage } from '@chatstream/core'
import { describe, expect, it, vi } from 'vitest'
import { createMemoryStore, type RelayReport } from '../src/index.js'
import { ask, KEY, say, startRelay } from './start-relay.js'

const withoutIds = (text: string): string => text.replace(/^id: \d+\n/gm, '')

describe('a relay', () => {
  it('passes the answer on as it came, the cost line included', async () => {
    const { simulator, url } = await startRelay({}, { seed: 1 })
    const response = await ask(url, say('Explain quantum computing'))
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform')
    const text = await response.text()
    const direct = await ask(simulator.url, say('Explain quantum computing'), {
      headers: { authorization: 'Bearer x' },
    })
    const normal = (body: string): string =>
      body.replace(/"id":"[^"]*","object":"([^"]*)","created":\d+/g, '$1')
    expect(normal(text).length).toBeGreaterThan(1000)
    expect(text).toMatch(/data: \[DONE\]\n\n: \{"cost":/)
    expect(normal(await direct.text()).split('\n').length).toBeGreaterThan(10)
  })

  it('sends its own key upstream, and nothing of what the page sent in headers', async () => {
    const { simulator, url } = await startRelay()
    await (
      await ask(url, {}, { headers: { authorization: 'Bearer user', cookie: 'a=b', 'x-other': 'c' } })
    ).text()
    const { headers } = simulator.journal.entries[0] ?? {}
    expect(headers).toMatchObject({ authorization: `Bearer ${KEY}` })
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('x-other')
  })

  it('is read by the client of core, and reports', async () => {
    const onFinish = vi.fn((_report: RelayReport) => {})
    const { url } = await startRelay({ onFinish })
    const message = await finalMessage(createChatClient({ baseURL: url }).stream(say('Hello')))
    expect(message.state).toBe('complete')
    expect(message.cost?.cost).toMatch(/^\d+\.\d+$/)
    await vi.waitFor(() => expect(onFinish).toHaveBeenCalledTimes(1))
    expect(onFinish.mock.calls[0]?.[0]).toMatchObject({
      outcome: 'complete',
      model: 'deepseek-chat',
      attempts: 1,
      finishReasons: ['stop'],
      cost: message.cost,
    })
  })

  it('keeps a stream, and gives it again from any event on', async () => {
    const { url } = await startRelay({ store: createMemoryStore() })
    const response = await ask(url, {})
    const id = response.headers.get('x-stream-id')
    const text = await response.text()
    expect(withoutIds(text)).not.toBe(text)
    const again = await fetch(`${url}/streams/${id}`)
    expect(await again.text()).toBe(text)
    const parts = text.split(/(?<=\n\n)/)
    const late = await fetch(`${url}/streams/${id}`, { headers: { 'last-event-id': '3' } })
    expect(late.headers.get('x-stream-id')).toBe(id)
    expect(await late.text()).toBe(parts.slice(3).join(''))
  })

  it('stops an answer upstream, and tells its readers', async () => {
    const { simulator, url } = await startRelay({ store: createMemoryStore() })
    const response = await ask(url, say('[[fault stall after=3]] Hello'))
    const id = response.headers.get('x-stream-id')
    const stopped = await fetch(`${url}/streams/${id}`, { method: 'DELETE' })
    expect(stopped.status).toBe(204)
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
    expect(await response.text()).toMatch(/"code":"stopped"\}\}\n(id: \d+\n)\n$/)
    expect((await fetch(`${url}/streams/${id}`, { method: 'DELETE' })).status).toBe(204)
  })
})
