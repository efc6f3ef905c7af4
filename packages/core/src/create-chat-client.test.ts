import { afterEach, describe, expect, it, vi } from 'vitest'
import { collect, settled } from '../test/collect.js'
import { COST, content, DONE, data, finish } from '../test/frames.js'
import { respondWith } from '../test/respond-with.js'
import { createChatClient } from './create-chat-client.js'
import type { Fetch } from './http/fetch-response.js'

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

  it('leaves the request of an answer that is whole alone: to abort it would cost more than to read it', async () => {
    const signals: (AbortSignal | null | undefined)[] = []
    const answer = respondWith(['data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}]}\n\n'])
    const fetch: Fetch = (url, init) => {
      signals.push(init.signal)
      return answer(url, init)
    }
    const seen = await settled(createChatClient({ fetch }).stream(request))
    expect(seen.end).toBe('complete')
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
  })
})
