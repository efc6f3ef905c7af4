import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ChatRequest } from './chat-request.js'
import { type Endpoint, toHttpRequest } from './http-request.js'

const request: ChatRequest = { model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] }
const endpoint: Endpoint = { baseURL: 'https://api.alltoken.ai/v1', apiKey: 'KEY' }

const make = async (more: Partial<ChatRequest> = {}, at: Partial<Endpoint> = {}) => {
  const { url, init } = await toHttpRequest({ ...request, ...more } as ChatRequest, { ...endpoint, ...at })
  return { url, init, headers: init.headers as Headers, body: JSON.parse(init.body as string) as unknown }
}

describe('toHttpRequest', () => {
  it('posts what the contract asks for', async () => {
    const { url, init, headers, body } = await make()
    expect(url).toBe('https://api.alltoken.ai/v1/chat/completions')
    expect(init.method).toBe('POST')
    expect(Object.fromEntries(headers)).toEqual({
      accept: 'text/event-stream',
      authorization: 'Bearer KEY',
      'content-type': 'application/json',
    })
    expect(body).toEqual({ ...request, stream: true })
  })

  it('passes every other field through untouched', async () => {
    const fields = {
      temperature: 0,
      top_p: 0.5,
      tools: [{ type: 'function' }],
      web_search: { enable: true },
      stream_options: { include_usage: true },
      never_heard_of: [null, '', false],
    }
    expect((await make(fields)).body).toEqual({ ...request, ...fields, stream: true })
  })

  it('always streams', async () => {
    expect((await make({ stream: false })).body).toHaveProperty('stream', true)
  })

  it("sends the endpoint's model in place of the request's", async () => {
    expect((await make({}, { model: 'other' })).body).toHaveProperty('model', 'other')
  })

  it.each([
    ['https://host/v1/', 'https://host/v1/chat/completions'],
    ['https://host/v1//', 'https://host/v1/chat/completions'],
    ['https://host', 'https://host/chat/completions'],
    ['http://localhost:8080/a b', 'http://localhost:8080/a%20b/chat/completions'],
    ['https://host/v1?api-version=1', 'https://host/v1/chat/completions?api-version=1'],
  ])('makes of %s the address %s', async (baseURL, url) => {
    expect((await make({}, { baseURL })).url).toBe(url)
  })

  describe('in a page', () => {
    afterEach(() => {
      vi.unstubAllGlobals()
    })

    it('takes a base URL that is relative to the page', async () => {
      vi.stubGlobal('location', { href: 'https://page.example/chat/index.html' })
      expect((await make({}, { baseURL: '/api' })).url).toBe('https://page.example/api/chat/completions')
    })
  })

  it.each([undefined, ''])('sends no authorization for the key %j', async (apiKey) => {
    expect((await make({}, { apiKey })).headers.has('authorization')).toBe(false)
  })

  it('asks a function for the key, which may take its time', async () => {
    expect((await make({}, { apiKey: () => 'NOW' })).headers.get('authorization')).toBe('Bearer NOW')
    expect((await make({}, { apiKey: async () => 'LATER' })).headers.get('authorization')).toBe(
      'Bearer LATER',
    )
    expect((await make({}, { apiKey: () => undefined })).headers.has('authorization')).toBe(false)
  })

  it('adds headers, which may take the place of its own', async () => {
    const headers = { 'X-Title': 'Test', Accept: '*/*', Authorization: 'Basic x' }
    expect(Object.fromEntries((await make({}, { headers })).headers)).toEqual({
      accept: '*/*',
      authorization: 'Basic x',
      'content-type': 'application/json',
      'x-title': 'Test',
    })
  })

  it.each(['api.alltoken.ai/v1', '/v1', '', 'http://'])(
    'says `unsupported` to the base URL %j',
    async (baseURL) => {
      await expect(make({}, { baseURL })).rejects.toMatchObject({
        name: 'ChatStreamError',
        kind: 'unsupported',
      })
    },
  )

  it('says `authentication`, with the cause, if the function for the key fails', async () => {
    const cause = new Error('no vault')
    const thrown = () => {
      throw cause
    }
    for (const apiKey of [thrown, () => Promise.reject(cause)]) {
      await expect(make({}, { apiKey })).rejects.toMatchObject({ kind: 'authentication', cause })
    }
  })

  it.each([{ apiKey: 'KEY\nsecret' }, { headers: { 'x-a': 'secret\nx' } }, { headers: { 'x a': 'secret' } }])(
    'says `unsupported` to headers that cannot be sent, and keeps their values to itself',
    async (at) => {
      const error: unknown = await make({}, at).catch((error: unknown) => error)
      expect(error).toMatchObject({ kind: 'unsupported' })
      expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toContain('secret')
    },
  )

  it('says `unsupported` to a request that is no JSON', async () => {
    const cycle: Record<string, unknown> = {}
    cycle['itself'] = cycle
    const untold = { kind: 'unsupported', cause: expect.any(TypeError) }
    await expect(make({ cycle })).rejects.toMatchObject(untold)
    await expect(make({ big: 1n })).rejects.toMatchObject(untold)
  })
})
