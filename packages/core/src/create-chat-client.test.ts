import { afterEach, describe, expect, it, vi } from 'vitest'
import { collect, settled } from '../test/collect.js'
import { COST, content, DONE, data, finish } from '../test/frames.js'
import { respondWith, responseOf } from '../test/respond-with.js'
import { createChatClient } from './create-chat-client.js'
import type { ChatEvent } from './event/chat-event.js'
import type { Fetch } from './http/fetch-response.js'
import { reconnect } from './sse/reconnect.js'

const request = { model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] } as const
const body = content('Hi') + finish('stop') + DONE + COST
const answering = () => vi.fn<Fetch>(respondWith([body], { headers: { 'x-request-id': 'req_1' } }))

describe('createChatClient', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('gives the events of an answer in the order in which they happen', async () => {
    const client = createChatClient({ baseURL: 'https://host/v1', fetch: answering() })
    const seen = await settled(client.stream(request))
    const origin = { attempt: 1, endpoint: 'https://host/v1' }
    expect(seen).toEqual({
      values: [
        { type: 'attempt-start', ...origin },
        { type: 'response-start', ...origin, status: 200, requestId: 'req_1' },
        { type: 'text-delta', index: 0, text: 'Hi', raw: expect.any(Object) },
        { type: 'choice-end', index: 0, finishReason: 'stop', raw: expect.any(Object) },
        { type: 'answer-end' },
        expect.objectContaining({ type: 'cost', cost: '0.0012' }),
      ],
      error: undefined,
      end: 'complete',
    })
  })

  it('sends nothing until it is subscribed to, and one request for each subscription', async () => {
    const fetch = answering()
    const stream$ = createChatClient({ fetch }).stream(request)
    expect(fetch).not.toHaveBeenCalled()
    const [first, second] = await Promise.all([settled(stream$), settled(stream$)])
    expect(fetch).toHaveBeenCalledTimes(2)
    expect(second).toEqual(first)
  })

  it('asks AllToken if it is not told whom', async () => {
    const fetch = answering()
    await settled(createChatClient({ fetch }).stream(request))
    expect(fetch.mock.calls[0]?.[0]).toBe('https://api.alltoken.ai/v1/chat/completions')
  })

  it('looks up the fetch of the runtime at each request', async () => {
    const client = createChatClient()
    const patched = answering()
    vi.stubGlobal('fetch', patched)
    expect((await settled(client.stream(request))).end).toBe('complete')
    expect(patched).toHaveBeenCalledOnce()
  })

  it('does not say that a response has started that is no stream', async () => {
    const fetch = respondWith([data({ error: { code: 400 } })], { status: 400 })
    const seen = await settled(createChatClient({ fetch }).stream(request))
    expect(seen.values.map((event) => event.type)).toEqual(['attempt-start'])
    expect(seen.error).toMatchObject({ kind: 'http', status: 400 })
  })

  it('errors with what cannot be sent, before anything is', async () => {
    const fetch = answering()
    const seen = await settled(createChatClient({ fetch, baseURL: 'nowhere' }).stream(request))
    expect(seen.error).toMatchObject({ name: 'ChatStreamError', kind: 'unsupported' })
    expect(fetch).not.toHaveBeenCalled()
  })

  it('takes a smaller limit for one event', async () => {
    const client = createChatClient({ fetch: answering(), maxEventBytes: 40 })
    expect((await settled(client.stream(request))).error).toMatchObject({ kind: 'too-large' })
  })

  it('leaves no clock running when the answer is over, or the subscriber gone', async () => {
    vi.useFakeTimers()
    const client = createChatClient({ fetch: answering(), timeouts: { totalMs: 1000 } })
    const seen = collect(client.stream(request))
    await vi.advanceTimersByTimeAsync(0)
    expect(seen.end).toBe('complete')
    expect(vi.getTimerCount()).toBe(0)
    client.stream(request).subscribe().unsubscribe()
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })
})

describe('an answer that the server keeps', () => {
  const numbered = [content('Hi'), content(' you'), finish('stop'), DONE].map(
    (frame, at) => `id: ${at + 1}\n${frame}`,
  )
  const headers = { 'content-type': 'text/event-stream', 'x-stream-id': 'stream/1' }
  const kept = (after: string | null) => numbered.slice(Number(after ?? 0)).join('') + COST

  /** Breaks the first connection in the middle of the second event. */
  const breaking = () =>
    vi.fn<Fetch>(async (_url, init) => {
      if (init.method === 'POST')
        return responseOf([kept(null).slice(0, (numbered[0]?.length ?? 0) + 9)], { headers, after: 'break' })
      if (init.method === 'DELETE') return new Response(null, { status: 204 })
      return responseOf([kept(new Headers(init.headers).get('last-event-id'))], { headers })
    })
  const textIn = (events: readonly ChatEvent[]): string =>
    events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')

  it('goes on where the line broke, with `reconnect`', async () => {
    const fetch = breaking()
    const client = createChatClient({
      baseURL: 'https://host/v1',
      apiKey: 'k',
      fetch,
      reconnect: reconnect(),
    })
    const seen = await settled(client.stream(request))
    expect(seen.end).toBe('complete')
    expect(textIn(seen.values)).toBe('Hi you')
    expect(seen.values.map(({ type }) => type)).toEqual([
      'attempt-start',
      'response-start',
      'text-delta',
      'text-delta',
      'choice-end',
      'answer-end',
      'cost',
    ])
    expect(seen.values[1]).toMatchObject({ streamId: 'stream/1' })
    const [url, init] = fetch.mock.calls[1] ?? []
    expect(url).toBe('https://host/v1/streams/stream%2F1')
    const sent = new Headers(init?.headers)
    expect([sent.get('last-event-id'), sent.get('authorization')]).toEqual(['1', 'Bearer k'])
  })

  it('ends with `network` without it', async () => {
    const fetch = breaking()
    const seen = await settled(createChatClient({ fetch }).stream(request))
    expect(seen.error).toMatchObject({ kind: 'network', partial: { parts: [{ type: 'text', text: 'Hi' }] } })
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('does not ask a server that keeps no streams', async () => {
    const fetch = vi.fn<Fetch>(respondWith([content('Hi')], { after: 'break' }))
    const seen = await settled(createChatClient({ fetch, reconnect: reconnect() }).stream(request))
    expect(seen.error).toMatchObject({ kind: 'network' })
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('is resumed from its beginning', async () => {
    const fetch = breaking()
    const seen = await settled(createChatClient({ baseURL: 'https://host/v1', fetch }).resume('stream/1'))
    expect(seen.end).toBe('complete')
    expect(textIn(seen.values)).toBe('Hi you')
    const [url, init] = fetch.mock.calls[0] ?? []
    expect([url, init?.method]).toEqual(['https://host/v1/streams/stream%2F1', 'GET'])
    expect(new Headers(init?.headers).has('last-event-id')).toBe(false)
  })

  it('says that it is no longer kept', async () => {
    const fetch = respondWith([data({ error: { code: 'stream_not_found' } })], { status: 404 })
    const seen = await settled(createChatClient({ fetch }).resume('gone'))
    expect(seen.error).toMatchObject({ kind: 'http', status: 404 })
  })

  it('is stopped by a request of its own', async () => {
    const fetch = breaking()
    await createChatClient({ baseURL: 'https://host/v1', apiKey: 'k', fetch }).stop('stream/1')
    const [url, init] = fetch.mock.calls[0] ?? []
    expect([url, init?.method]).toEqual(['https://host/v1/streams/stream%2F1', 'DELETE'])
    expect(new Headers(init?.headers).get('authorization')).toBe('Bearer k')
  })

  it('has been stopped, if the server does not know it', async () => {
    await createChatClient({ fetch: respondWith(['gone'], { status: 404 }) }).stop('a')
  })

  it('tells when the server cannot be told to stop', async () => {
    const stop = (fetch: Fetch) => createChatClient({ fetch }).stop('a')
    await expect(stop(respondWith(['no'], { status: 500 }))).rejects.toMatchObject({ kind: 'upstream' })
    await expect(stop(() => Promise.reject(new Error('down')))).rejects.toMatchObject({ kind: 'network' })
  })

  it('is stopped with a new key when the old one is refused, once', async () => {
    const keys: (string | null)[] = []
    const fetch = vi.fn<Fetch>(async (_url, init) => {
      keys.push(new Headers(init.headers).get('authorization'))
      return new Response(keys.length === 1 ? 'no' : null, { status: keys.length === 1 ? 401 : 204 })
    })
    await createChatClient({ apiKey: 'old', refreshApiKey: () => 'new', fetch }).stop('a')
    expect(keys).toEqual(['Bearer old', 'Bearer new'])
    const refusing = respondWith(['no'], { status: 401 })
    const stopped = createChatClient({ apiKey: 'old', refreshApiKey: () => 'new', fetch: refusing }).stop('a')
    await expect(stopped).rejects.toMatchObject({ kind: 'authentication' })
  })
})
