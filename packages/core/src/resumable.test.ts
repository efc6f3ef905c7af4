import { describe, expect, it, vi } from 'vitest'
import { settled } from '../test/collect.js'
import { COST, content, DONE, data, finish } from '../test/frames.js'
import { respondWith, responseOf } from '../test/respond-with.js'
import { type ChatClient, type ChatClientOptions, createChatClient } from './create-chat-client.js'
import type { ChatEvent } from './event/chat-event.js'
import type { Fetch } from './http/fetch-response.js'
import { resumable } from './resumable.js'

const request = { model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] } as const

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
  const resuming = (fetch: Fetch, options: ChatClientOptions = { apiKey: 'k' }) =>
    createChatClient({
      baseURL: 'https://host/v1',
      ...options,
      fetch,
      resumable: resumable(),
    }) as Required<ChatClient>
  const textIn = (events: readonly ChatEvent[]): string =>
    events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')

  it('goes on where the line broke, with `resumable`', async () => {
    const fetch = breaking()
    const client = createChatClient({
      baseURL: 'https://host/v1',
      apiKey: 'k',
      fetch,
      resumable: resumable(),
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
    const seen = await settled(createChatClient({ fetch, resumable: resumable() }).stream(request))
    expect(seen.error).toMatchObject({ kind: 'network' })
    expect(fetch).toHaveBeenCalledOnce()
  })

  it('is resumed from its beginning', async () => {
    const fetch = breaking()
    const seen = await settled(resuming(fetch).resume('stream/1'))
    expect(seen.end).toBe('complete')
    expect(textIn(seen.values)).toBe('Hi you')
    const [url, init] = fetch.mock.calls[0] ?? []
    expect([url, init?.method]).toEqual(['https://host/v1/streams/stream%2F1', 'GET'])
    expect(new Headers(init?.headers).has('last-event-id')).toBe(false)
  })

  it('says that it is no longer kept', async () => {
    const fetch = respondWith([data({ error: { code: 'stream_not_found' } })], { status: 404 })
    const seen = await settled(resuming(fetch).resume('gone'))
    expect(seen.error).toMatchObject({ kind: 'http', status: 404 })
  })

  it('is stopped by a request of its own', async () => {
    const fetch = breaking()
    await resuming(fetch).stop('stream/1')
    const [url, init] = fetch.mock.calls[0] ?? []
    expect([url, init?.method]).toEqual(['https://host/v1/streams/stream%2F1', 'DELETE'])
    expect(new Headers(init?.headers).get('authorization')).toBe('Bearer k')
  })

  it('has been stopped, if the server does not know it', async () => {
    await resuming(respondWith(['gone'], { status: 404 })).stop('a')
  })

  it('tells when the server cannot be told to stop', async () => {
    const stop = (fetch: Fetch) => resuming(fetch).stop('a')
    await expect(stop(respondWith(['no'], { status: 500 }))).rejects.toMatchObject({ kind: 'upstream' })
    await expect(stop(() => Promise.reject(new Error('down')))).rejects.toMatchObject({ kind: 'network' })
  })

  it('is stopped with a new key when the old one is refused, once', async () => {
    const keys: (string | null)[] = []
    const fetch = vi.fn<Fetch>(async (_url, init) => {
      keys.push(new Headers(init.headers).get('authorization'))
      return new Response(keys.length === 1 ? 'no' : null, { status: keys.length === 1 ? 401 : 204 })
    })
    const options = { apiKey: 'old', refreshApiKey: () => 'new' }
    await resuming(fetch, options).stop('a')
    expect(keys).toEqual(['Bearer old', 'Bearer new'])
    const refusing = respondWith(['no'], { status: 401 })
    const stopped = resuming(refusing, options).stop('a')
    await expect(stopped).rejects.toMatchObject({ kind: 'authentication' })
  })
})
