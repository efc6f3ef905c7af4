import { afterEach, describe, expect, it, vi } from 'vitest'
import { collect, settled } from '../../test/collect.js'
import { type Answer, responseOf } from '../../test/respond-with.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { explain, isEventStream, readRefusal, requestIdOf } from './read-response.js'

const typed = (type: string | undefined, status = 200): Response => {
  const response = new Response(status === 204 ? null : 'x', { status })
  response.headers.delete('content-type')
  if (type !== undefined) response.headers.set('content-type', type)
  return response
}

const json = { 'content-type': 'application/json', 'x-request-id': 'req_1' }
const refusal = async (body: string, answer: Answer) =>
  (await settled(readRefusal(responseOf([body], answer)))).error

describe('isEventStream', () => {
  it.each([
    'text/event-stream',
    'text/event-stream; charset=utf-8',
    'text/plain',
    'application/octet-stream',
    undefined,
  ])('reads a body of type %s as one', (type) => {
    expect(isEventStream(typed(type))).toBe(true)
  })

  it.each([
    'application/json',
    'text/html; charset=utf-8',
    'Text/HTML',
    'application/xml',
    'application/problem+json',
  ])('does not read a body of type %s as one', (type) => {
    expect(isEventStream(typed(type))).toBe(false)
  })

  it('does not read the body of a response that is not ok as one', () => {
    expect(isEventStream(typed('text/event-stream', 500))).toBe(false)
  })
})

describe('requestIdOf', () => {
  it.each([
    [{ 'x-request-id': 'a', 'request-id': 'b' }, 'a'],
    [{ 'request-id': 'b' }, 'b'],
    [{}, undefined],
  ])('finds in %j the id %s', (headers: Record<string, string>, id) => {
    expect(requestIdOf(new Response(null, { headers }))).toBe(id)
  })
})

describe('readRefusal', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('tells an HTTP error with all that is known of it', async () => {
    const body = '{"error":{"message":"Slow down","type":"rate_limit_error","code":429}}'
    vi.useFakeTimers({ now: 1000, toFake: ['Date'] })
    const error = await refusal(body, { status: 429, headers: { ...json, 'retry-after': '2' } })
    expect(error).toMatchObject({
      name: 'ChatStreamError',
      kind: 'rate-limit',
      message: 'Slow down',
      type: 'rate_limit_error',
      code: 429,
      status: 429,
      retryable: true,
      retryAt: 3000,
      requestId: 'req_1',
      contentType: 'application/json',
      body,
      raw: JSON.parse(body),
    })
  })

  it('tells an HTTP error that is a web page', async () => {
    const body = '<html>Bad Gateway</html>'
    const error = await refusal(body, { status: 502, headers: { 'content-type': 'text/html' } })
    expect(error).toMatchObject({
      kind: 'upstream',
      status: 502,
      message: 'The server answered with status 502.',
      contentType: 'text/html',
      body,
      retryable: true,
    })
    expect(error).not.toHaveProperty('raw')
  })

  it('tells an HTTP error without a body', async () => {
    expect(await refusal('', { status: 404, headers: {} })).toMatchObject({
      kind: 'http',
      status: 404,
      body: '',
    })
  })

  it('reads an error that came in a list', async () => {
    const body = '[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT"}}]'
    expect(await refusal(body, { status: 400, headers: json })).toMatchObject({
      kind: 'http',
      message: 'API key not valid',
    })
  })

  it('keeps the first 2 kB of the body', async () => {
    const error = await refusal('x'.repeat(10_000), { status: 500 })
    expect((error as ChatStreamError).body).toBe('x'.repeat(2048))
  })

  it('finds the message of an error that is longer than that', async () => {
    const body = JSON.stringify({ padding: 'x'.repeat(10_000), error: { message: 'late', code: 400 } })
    expect(await refusal(body, { status: 400, headers: json })).toMatchObject({ message: 'late' })
  })

  it('takes an error in JSON for what it is, in spite of status 200', async () => {
    const body = '{"error":{"message":"No such key","code":401}}'
    expect(await refusal(body, { headers: json })).toMatchObject({
      kind: 'authentication',
      message: 'No such key',
      status: 401,
      contentType: 'application/json',
      requestId: 'req_1',
      body,
    })
  })

  it.each([
    ['a web page', '<html>Sign in</html>', 'text/html'],
    ['another object', '{"choices":[{"message":{"content":"whole"}}]}', 'application/json'],
    ['broken JSON', '{"error":', 'application/json'],
  ])('says `malformed` to %s in place of the stream', async (_what, body, type) => {
    expect(await refusal(body, { headers: { 'content-type': type } })).toMatchObject({
      kind: 'malformed',
      status: 200,
      contentType: type,
      body,
      retryable: false,
      message: expect.stringContaining(type),
    })
  })

  it('says `truncated` to nothing in place of the stream', async () => {
    expect(await refusal(' \n', { headers: json })).toMatchObject({
      kind: 'truncated',
      status: 200,
      retryable: true,
    })
  })

  it('tells what it is even if the body breaks', async () => {
    expect(await refusal('{"error"', { status: 503, after: 'break' })).toMatchObject({
      kind: 'upstream',
      status: 503,
      body: '{"error"',
    })
  })

  it('does not wait for the end of a body that has none', async () => {
    vi.useFakeTimers()
    const seen = collect(readRefusal(responseOf(['busy'], { status: 503, after: 'stay open' })))
    await vi.advanceTimersByTimeAsync(1999)
    expect(seen.end).toBe('running')
    await vi.advanceTimersByTimeAsync(1)
    expect(seen.error).toMatchObject({ kind: 'upstream', status: 503, body: 'busy' })
  })

  it('does not read on without end', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(1024).fill(0x61))
      },
    })
    const seen = await settled(readRefusal(new Response(body, { status: 500 })))
    expect(seen.error).toMatchObject({ kind: 'upstream' })
    expect(pulled).toBeLessThan(70)
  })
})

describe('explain', () => {
  const response = responseOf([], {
    headers: { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' },
  })
  const truncated = new ChatStreamError('truncated', 'cut', { retryable: true })

  it('adds what is known of the response', () => {
    expect(explain(truncated, response, 'data: {}')).toMatchObject({
      kind: 'truncated',
      message: 'cut',
      status: 200,
      requestId: 'req_1',
      contentType: 'text/event-stream',
      body: 'data: {}',
    })
  })

  it('lets the status that the error stands for be', () => {
    const error = new ChatStreamError('rate-limit', 'slow', { status: 429 })
    expect(explain(error, response, '')).toMatchObject({
      kind: 'rate-limit',
      status: 429,
      requestId: 'req_1',
    })
  })

  it.each([
    ['an error in JSON', '{"error":{"code":429,"message":"m"}}', 'rate-limit', 429],
    ['an error in JSON, over lines', '{\n  "error": {\n    "code": 503\n  }\n}', 'upstream', 503],
    ['a web page', ' <!doctype html>', 'malformed', 200],
    ['JSON of another kind', '{"a":1}', 'malformed', 200],
    ['nothing', '', 'truncated', 200],
    ['empty lines', '\n\r\n', 'truncated', 200],
  ])('tells a body that held no event, but %s, as that', (_what, head, kind, status) => {
    expect(explain(truncated, response, head)).toMatchObject({ kind, status, requestId: 'req_1', body: head })
  })

  it('does not judge by the body what failed for another reason', () => {
    expect(explain(new ChatStreamError('network', 'broke'), response, '{"error":"x"}')).toMatchObject({
      kind: 'network',
      body: '{"error":"x"}',
    })
  })

  it('leaves an error that is not of this library as it is', () => {
    const error = new Error('other')
    expect(explain(error, response, '')).toBe(error)
  })
})
