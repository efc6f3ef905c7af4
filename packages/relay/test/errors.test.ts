import { createChatClient, finalMessage } from '@chatstream/core'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { describe, expect, it, vi } from 'vitest'
import { createMemorySpending, createMemoryStore, type RelayOptions, type RelayReport } from '../src/index.js'
import { bytesOf, rawRelay } from './raw-relay.js'
import { ask, KEY, say, startRelay } from './start-relay.js'

const errorOf = async (response: Response) =>
  (await response.json()) as { error: { message: string; code: unknown } }
const text = (body: string) => [new TextEncoder().encode(body)]

describe('what goes wrong before the answer', () => {
  it.each([
    ['400', 'status code=400', 400, 'http'],
    ['404', 'status code=404', 404, 'http'],
    ['429', 'rate-limit after=7', 429, 'rate-limit'],
    ['503', 'status code=503', 503, 'upstream'],
    ['a first frame', 'error-frame code=429', 429, 'rate-limit'],
    ['a refused key', 'unauthorized always', 502, 'upstream'],
  ])('%s is a status, which the client of core understands', async (_, faults, status, kind) => {
    const { url } = await startRelay({}, { faults })
    const response = await ask(url, {})
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json')
    const { error } = await errorOf(response)
    expect(Object.keys(error).sort()).toEqual(['code', 'message', 'type'])
    const stream$ = createChatClient({ baseURL: url, retry: false }).stream(say('Hello'))
    await expect(finalMessage(stream$)).rejects.toMatchObject({ kind, status })
  })

  it('a rate limit says when to ask again', async () => {
    const { url } = await startRelay({}, { faults: 'rate-limit after=7' })
    expect(Number((await ask(url, {})).headers.get('retry-after'))).toBeGreaterThan(5)
  })

  it('a provider that is not there is 502, and its address is not told', async () => {
    const { url } = await startRelay({ baseURL: 'http://127.0.0.1:1/secret-path' })
    const response = await ask(url, {})
    expect(response.status).toBe(502)
    expect(JSON.stringify(await errorOf(response))).not.toMatch(/127\.0\.0\.1|secret-path/)
  })

  it('a provider that says nothing is told in the stream once the status has been waited for', async () => {
    const { url } = await startRelay(
      { openAfterMs: 1, heartbeatMs: 5, timeouts: { firstContentMs: 60 } },
      { faults: 'stall before-headers' },
    )
    const response = await ask(url, {})
    expect(response.status).toBe(200)
    const body = await response.text()
    expect(body).toMatch(/^(: keep-alive\n\n)+data: \{"error":\{.*"code":"upstream_timeout"\}\}\n\n$/)
  })

  it('is tried again, and at the next endpoint, by the engine of core', async () => {
    const { simulator, url } = await startRelay(
      { retry: { baseDelayMs: 1 } },
      { faults: 'status code=503 times=2' },
    )
    expect(await (await ask(url, {})).text()).toContain('[DONE]')
    expect(simulator.journal.entries.map(({ status }) => status)).toEqual([503, 503, 200])
    const down = await startRelay({
      baseURL: 'http://127.0.0.1:1/v1',
      fallbacks: [{ baseURL: simulator.url, apiKey: KEY }],
    })
    expect(await (await ask(down.url, {})).text()).toContain('[DONE]')
  })

  it('a refused key is refreshed, once for all', async () => {
    const refreshApiKey = vi.fn(async () => 'another-key-entirely')
    const { url } = await startRelay({ refreshApiKey }, { apiKeys: ['another-key-entirely'] })
    await Promise.all([1, 2, 3].map(async () => expect((await ask(url, {})).status).toBe(200)))
    expect(refreshApiKey).toHaveBeenCalledTimes(1)
  })
})

describe('what goes wrong in the answer', () => {
  const parts = 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n'

  it('is told in words of the relay, after all that came', async () => {
    const frame = `data: {"error":{"message":"${KEY} at provider.example broke","code":503,"stack":"x"}}\n\n`
    const body = String(await bytesOf(await rawRelay(text(parts + frame)).ask()))
    expect(body).toBe(
      `${parts}data: {"error":{"message":"*** at (provider) broke","type":"upstream_error","code":503}}\n\n`,
    )
  })

  it.each([
    ['no JSON', 'data: {"a":'],
    ['an error', 'data: {"error":{"message":"it broke","code":503}}'],
    ['a choice that failed', 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}'],
    ['an event of type error', 'event: error\ndata: it broke'],
    ['an event that is too large', `data: {"a":"${'x'.repeat(300)}"}`],
  ])('passes on all that came before %s, and that not, wherever the bytes are cut', async (_, bad) => {
    const silent = 'data: {"choices":[{"index":0,"delta":{}}]}\n\n: a comment\n\nretry: 5\n\nid: 7\n\n'
    const before = `\ufeff${parts}\ufeff${parts}${silent}`
    const bytes = new TextEncoder().encode(`${before}${bad}\n\n${parts}data: [DONE]\n\n`)
    for (const size of [bytes.length, 120, 90, 7]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.slice(at * size, (at + 1) * size),
      )
      const body = String(await bytesOf(await rawRelay(chunks, { maxEventBytes: 200 }).ask()))
      expect(body.slice(0, before.length)).toBe(before)
      expect(body.slice(before.length)).toMatch(/^data: \{"error":\{[^\n]*\}\}\n\n$/)
    }
  })

  it('ends where the provider ended, if the stream cannot be resumed', async () => {
    const cut = `${parts}data: {"cho`
    expect(String(await bytesOf(await rawRelay(text(cut)).ask()))).toBe(cut)
  })

  it('is told, if the stream can be resumed: an end without a word would mean "ask again"', async () => {
    const { ask } = rawRelay(text(`${parts}data: {"cho`), { store: createMemoryStore() })
    expect(String(await bytesOf(await ask()))).toMatch(
      /"Hi".*\nid: 1\n\ndata: .*"upstream_truncated"\}\}\nid: 2\n\n$/,
    )
  })

  it('breaks the line where the line broke', async () => {
    const { url } = await startRelay({}, { faults: 'reset after=3' })
    await expect((await ask(url, {})).text()).rejects.toThrow()
  })

  it('says of something that is no answer only that', async () => {
    const body = String(await bytesOf(await rawRelay(text(`${parts}data: {"a":"${KEY}\n\n`)).ask()))
    expect(body).toMatch(/"Hi".*\n\ndata: .*"upstream_malformed"\}\}\n\n$/)
  })

  it('takes the key out, should a provider say it', async () => {
    const chunk = `data: {"choices":[{"delta":{"content":"Your key is ${KEY}."}}]}\n\ndata: [DONE]\n\n: ${KEY}`
    const body = String(await bytesOf(await rawRelay(text(chunk)).ask()))
    expect(body).toBe(chunk.replaceAll(KEY, '*'.repeat(KEY.length)))
  })
})

describe('limits', () => {
  it('lets a user have so many answers at once, and gives the place back', async () => {
    const { simulator, url } = await startRelay({ limits: { concurrentPerUser: 1 } })
    const controller = new AbortController()
    const first = await ask(url, say('[[fault stall after=2]] Hello'), { signal: controller.signal })
    expect(first.status).toBe(200)
    expect((await ask(url, {})).status).toBe(429)
    expect((await ask(url, {}, { headers: { authorization: 'another' } })).status).toBe(200)
    controller.abort()
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
    await vi.waitFor(async () => expect((await ask(url, {})).status).toBe(200))
  })

  it.each([
    ['of its own', { points: 2, durationMs: 60_000 }],
    ['that is given', new RateLimiterMemory({ points: 2, duration: 60 })],
  ])('counts requests by a limiter %s', async (_, rate) => {
    const { url } = await startRelay({ limits: { rate } })
    expect((await ask(url, {})).status).toBe(200)
    expect((await ask(url, {})).status).toBe(200)
    const refused = await ask(url, {})
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1)
    expect((await ask(url, {}, { headers: { authorization: 'another' } })).status).toBe(200)
  })

  it('answers nothing more to who has spent it all', async () => {
    const { url } = await startRelay({ spending: createMemorySpending({ limit: '0.00000001' }) })
    expect(await (await ask(url, {})).text()).toContain('"cost"')
    await vi.waitFor(async () => {
      const refused = await ask(url, {})
      expect(refused.status).toBe(429)
      expect(await errorOf(refused)).toMatchObject({ error: { code: 'insufficient_quota' } })
    })
  })

  it('lets only the models pass that are allowed, and lists them', async () => {
    const { simulator, url } = await startRelay({ models: ['deepseek-chat'] })
    const refused = await ask(url, { model: 'claude-sonnet-4' })
    expect([refused.status, simulator.journal.entries.length]).toEqual([403, 0])
    const list = (await (await fetch(`${url}/models`)).json()) as { data: { id: string }[] }
    expect(list.data.map(({ id }) => id)).toEqual(['deepseek-chat'])
  })

  it('asks nothing for those whom authorize does not know', async () => {
    const { simulator, url } = await startRelay({ authorize: () => null })
    const responses = [
      await ask(url, {}),
      await fetch(`${url}/models`),
      await fetch(`${url}/streams/abcdefghijklmnop`),
    ]
    expect(responses.map(({ status }) => status)).toEqual([401, 401, 401])
    expect(simulator.journal.entries.length).toBe(0)
  })
})

describe('hooks', () => {
  it('may fail: only onError hears of it', async () => {
    const onError = vi.fn()
    const onFinish: RelayOptions['onFinish'] = () => Promise.reject(new Error('the database'))
    const { url } = await startRelay({ onFinish, onError })
    expect(await (await ask(url, {})).text()).toContain('[DONE]')
    await vi.waitFor(() => expect(onError).toHaveBeenCalledWith(new Error('the database')))
  })

  it('are not quoted: an authorize that throws is 500', async () => {
    const onError = vi.fn()
    const { url } = await startRelay({ authorize: () => Promise.reject(new Error(KEY)), onError })
    const response = await ask(url, {})
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain(KEY)
    expect(onError).toHaveBeenCalledTimes(1)
  })

  it('hear of failures, without the key', async () => {
    const onFinish = vi.fn((_: RelayReport) => {})
    const { ask } = rawRelay(text(`data: {"error":{"message":"${KEY}","code":400}}\n\n`), { onFinish })
    await ask()
    await vi.waitFor(() => expect(onFinish).toHaveBeenCalledTimes(1))
    expect(onFinish.mock.calls[0]?.[0]).toMatchObject({
      outcome: 'failed',
      error: { kind: 'http', message: '***' },
    })
  })
})
