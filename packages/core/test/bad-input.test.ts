import { Buffer } from 'node:buffer'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ChatEvent, type ChatStreamError, createChatClient } from '../src/index.js'
import { type Collected, collect, settled } from './collect.js'
import { COST, content, DONE, data, delta, finish } from './frames.js'
import { type Answer, respondWith } from './respond-with.js'

/** What servers send, row by row, and what comes of it: a typed error, or a result as if nothing had been wrong. */

const sse = { 'content-type': 'text/event-stream', 'x-request-id': 'req_1' }
const json = { 'content-type': 'application/json', 'x-request-id': 'req_1' }
const html = { 'content-type': 'text/html', 'x-request-id': 'req_1' }
const ending = finish('stop') + DONE

const stream = (chunks: readonly (string | Uint8Array)[], answer: Answer, maxEventBytes?: number) =>
  createChatClient({
    retry: false,
    fetch: respondWith(chunks, { headers: sse, ...answer }),
    timeouts: { drainMs: 50 },
    ...(maxEventBytes !== undefined && { maxEventBytes }),
  }).stream({ model: 'deepseek-chat', messages: [] })

const read = (body: string | readonly string[], answer: Answer = {}): Promise<Collected<ChatEvent>> =>
  settled(stream(typeof body === 'string' ? [body] : body, answer))

/** The events as words: `text-delta a`, with what matters of each. */
const brief = ({ values }: Collected<ChatEvent>): string[] =>
  values.flatMap((event) => {
    switch (event.type) {
      case 'attempt-start':
      case 'response-start':
        return []
      case 'text-delta':
      case 'reasoning-delta':
      case 'refusal-delta':
        return `${event.type} ${event.text}`
      case 'tool-call-delta':
        return `${event.type} ${event.toolIndex} ${event.id ?? ''} ${event.name ?? ''} ${event.arguments ?? ''}`
      case 'choice-end':
        return `${event.type} ${event.finishReason}`
      case 'comment':
        return `${event.type} ${event.comment}`
      case 'cost':
        return `${event.type} ${event.cost}`
      case 'usage':
        return `${event.type} ${event.usage.total_tokens}`
      default:
        return event.type
    }
  })

const end = ['choice-end stop', 'answer-end']
const hi = ['text-delta Hi', ...end]

describe('tolerates', () => {
  const rows: readonly (readonly [
    row: string,
    body: string | readonly string[],
    events: readonly string[],
  ])[] = [
    // comments
    [
      'comments that keep the line alive',
      `: OPENROUTER PROCESSING\n\n${content('Hi')}: keep-alive\n\n${ending}`,
      ['comment OPENROUTER PROCESSING', 'text-delta Hi', 'comment keep-alive', ...end],
    ],
    [
      'a comment that is no cost, though it looks like one',
      `: {"cost":\n\n${content('Hi')}${ending}`,
      ['comment {"cost":', ...hi],
    ],
    [
      'a comment wrapped as data',
      data(': keep-alive') + content('Hi') + ending,
      ['comment keep-alive', ...hi],
    ],
    ['empty data', `data:\n\ndata\n\n${content('Hi')}${ending}`, ['comment ', 'comment ', ...hi]],
    // the grammar
    ['CRLF', (content('Hi') + ending).replaceAll('\n', '\r\n'), hi],
    ['lone CR', (content('Hi') + ending).replaceAll('\n', '\r'), hi],
    ['a CR and its LF in two chunks', (content('Hi') + ending).replaceAll('\n', '\r\n').split(/(?<=\r)/), hi],
    ['a byte order mark', `\uFEFF${content('Hi')}${ending}`, hi],
    ['data without a space', (content('Hi') + ending).replaceAll('data: ', 'data:'), hi],
    ['data on several lines', `${content('Hi').replace(',"index"', '\ndata: ,"index"')}${ending}`, hi],
    ['U+2028 in a string', content('a\u2028b') + ending, ['text-delta a\u2028b', ...end]],
    ['event, id and retry fields', `retry: 3\nid: 1\nevent: chunk\n${content('Hi')}${ending}`, hi],
    // the end
    ['a last event without its empty line', (content('Hi') + finish('stop')).trimEnd(), hi],
    ['a [DONE] without its empty line', content('Hi') + finish('stop') + DONE.trimEnd(), hi],
    ['a last comment without a newline', content('Hi') + ending + COST.trimEnd(), [...hi, 'cost 0.0012']],
    ['no [DONE]', content('Hi') + finish('stop'), hi],
    ['[DONE] without a finish reason', content('Hi') + DONE, ['text-delta Hi', 'answer-end']],
    [
      'the cost before [DONE]',
      content('Hi') + finish('stop') + COST + DONE,
      ['text-delta Hi', 'choice-end stop', 'cost 0.0012', 'answer-end'],
    ],
    ['money as a number', `${content('Hi')}${ending}: {"cost":0.00120}\n`, [...hi, 'cost 0.00120']],
    ['no cost', content('Hi') + ending, hi],
    ['chunks after [DONE]', content('Hi') + ending + content('no') + data('{broken'), hi],
    // reasoning
    [
      'reasoning in `reasoning`',
      delta({ reasoning: 'Hm' }) + content('Hi') + ending,
      ['reasoning-delta Hm', ...hi],
    ],
    [
      'reasoning in `reasoning_content`',
      delta({ reasoning_content: 'Hm' }) + content('Hi') + ending,
      ['reasoning-delta Hm', ...hi],
    ],
    [
      'reasoning in both, once',
      delta({ reasoning: 'no', reasoning_content: 'Hm' }) + content('Hi') + ending,
      ['reasoning-delta Hm', ...hi],
    ],
    [
      'content as a list of parts',
      delta({
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] },
          { type: 'text', text: 'Hi' },
        ],
      }) + ending,
      ['reasoning-delta Hm', ...hi],
    ],
    // odd chunks
    ['`choices: []`', data({ choices: [], prompt_filter_results: [] }) + content('Hi') + ending, hi],
    ['`choices: null`', data({ choices: null }) + content('Hi') + ending, hi],
    ['no `choices`', data({ id: 'x' }) + content('Hi') + ending, hi],
    [
      '`delta: null` and no delta',
      data({ choices: [{ delta: null }] }) + data({ choices: [{}] }) + content('Hi') + ending,
      hi,
    ],
    [
      'white space alone, and empty strings',
      content(' ') + content('') + content('\n') + ending,
      ['text-delta  ', 'text-delta \n', ...end],
    ],
    [
      'usage on every chunk',
      data({ choices: [{ delta: { content: 'Hi' } }], usage: { total_tokens: 1 } }) +
        data({ choices: [], usage: { total_tokens: 2 } }) +
        ending,
      ['text-delta Hi', 'usage 1', 'usage 2', ...end],
    ],
    [
      "usage under a vendor's key",
      content('Hi') + data({ choices: [], x_groq: { usage: { total_tokens: 2 } } }) + ending,
      ['text-delta Hi', 'usage 2', ...end],
    ],
    // tool calls
    [
      'tool calls without an index',
      delta({
        tool_calls: [
          { id: 'a', function: { name: 'f', arguments: '{}' } },
          { id: 'b', function: { name: 'g', arguments: '{}' } },
        ],
      }) + ending,
      ['tool-call-delta 0 a f {}', 'tool-call-delta 1 b g {}', ...end],
    ],
    [
      'tool calls without an id, the name after the arguments',
      delta({ tool_calls: [{ index: 0, id: '', function: { arguments: '{' } }] }) +
        delta({ tool_calls: [{ index: 0, function: { name: 'f', arguments: '}' } }] }) +
        ending,
      ['tool-call-delta 0   {', 'tool-call-delta 0  f }', ...end],
    ],
  ]

  it.each(rows)('%s', async (_row, body, events) => {
    const seen = await read(body)
    expect(brief(seen)).toEqual(events)
    expect(seen.end).toBe('complete')
  })

  it('unknown fields, and gives them back in the raw chunk', async () => {
    const chunk = { choices: [{ index: 0, delta: { content: 'Hi', mood: 'fine' } }], vendor: { a: [1] } }
    const text = (await read(data(chunk) + ending)).values.find((event) => event.type === 'text-delta')
    expect(text?.raw).toEqual(chunk)
  })

  it('a stream that does not say that it is one', async () => {
    for (const headers of [
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/octet-stream' },
    ]) {
      expect(brief(await read(content('Hi') + ending, { headers }))).toEqual(hi)
    }
  })

  it('a connection that breaks after [DONE]: the answer is whole', async () => {
    const seen = await read(content('Hi') + ending, { after: 'break' })
    expect(brief(seen)).toEqual(hi)
    expect(seen.end).toBe('complete')
  })

  describe('a body that is not closed after [DONE]', () => {
    afterEach(() => {
      vi.useRealTimers()
    })

    it.each([
      ['with the cost', COST, [...hi, 'cost 0.0012']],
      ['without the cost', '', hi],
      ['with comments that never end', ': keep-alive\n', [...hi, 'comment keep-alive']],
    ])('%s', async (_what, after, events) => {
      vi.useFakeTimers()
      const seen = collect(stream([content('Hi') + ending + after], { after: 'stay open' }))
      await vi.advanceTimersByTimeAsync(0)
      expect(brief(seen)).toEqual(events)
      await vi.advanceTimersByTimeAsync(49)
      expect(seen.end).toBe('running')
      await vi.advanceTimersByTimeAsync(1)
      expect(seen.end).toBe('complete')
      expect(vi.getTimerCount()).toBe(0)
    })
  })
})

describe('errors with a type', () => {
  const error = { message: 'Rate limit exceeded', type: 'rate_limit_error', code: 429 }
  const told = { kind: 'rate-limit', ...error, status: 429, retryable: true }
  const { code: _code, ...toldWithoutCode } = told
  const malformed = { kind: 'malformed', status: 200, retryable: false }

  type Fields = { readonly [Field in keyof ChatStreamError]?: unknown }
  type Row = readonly [row: string, body: string, expected: Fields, answer?: Answer]
  const complete = (rows: readonly Row[]) =>
    rows.map(([row, body, expected, answer = {}]) => [row, body, expected, answer] as const)

  /** Each comes after the text `Hi`, which must not be lost. */
  const inMidAnswer: readonly Row[] = [
    [
      'the end of the body without a finish reason and without [DONE]',
      '',
      { kind: 'truncated', retryable: true },
    ],
    [
      'the end of the body inside an event',
      'data: {"choices":[{"delta":{"content":" wor',
      { kind: 'truncated' },
    ],
    ['the end of the body inside [DONE]', 'data: [DON', { kind: 'truncated' }],
    [
      'a connection that breaks',
      '',
      { kind: 'network', retryable: true, cause: new TypeError('terminated') },
      { after: 'break' },
    ],
    ['a connection that breaks inside an event', 'data: {"cho', { kind: 'network' }, { after: 'break' }],
    ['an error at top level', data({ error }), { ...told, raw: { error } }],
    ['an error in a choice', data({ choices: [{ index: 0, delta: {}, error }] }), told],
    ['an error in an event of type error', `event: error\n${data(error)}`, { ...told, raw: error }],
    ['an error as a bare string', data({ error: 'overloaded' }), { kind: 'upstream', message: 'overloaded' }],
    ['an error in the field `error`', `error: ${JSON.stringify(error)}\n\n`, { ...told, raw: error }],
    ['an error whose code is a string', data({ error: { ...error, code: '429' } }), { ...told, code: '429' }],
    [
      'an error whose code is a name',
      data({ error: { message: 'm', code: 'rate_limit_exceeded' } }),
      { kind: 'rate-limit', status: 429 },
    ],
    ['an error whose code is null', data({ error: { ...error, code: null } }), toldWithoutCode],
    ['`finish_reason: "error"` alone', finish('error'), { kind: 'upstream', retryable: true }],
    [
      '`finish_reason: "error"` with an error',
      data({ choices: [{ delta: {}, finish_reason: 'error' }], error }),
      told,
    ],
    ['broken JSON', data('{"choices":[}'), { ...malformed, raw: '{"choices":[}' }],
    ['two JSON objects in one event', data('{"a":1}{"b":2}'), { ...malformed, raw: '{"a":1}{"b":2}' }],
    [
      'two JSON objects on two lines of one event',
      'data: {"a":1}\ndata: {"b":2}\n\n',
      { ...malformed, raw: '{"a":1}\n{"b":2}' },
    ],
    ['JSON that is no object', data('"Hi"'), { ...malformed, raw: '"Hi"' }],
  ]

  it.each(complete(inMidAnswer))('%s', async (_row, body, expected, answer) => {
    const rest = body.endsWith('\n') ? content('no') + DONE : ''
    const seen = await read(content('Hi') + body + rest, answer)
    expect(seen.error).toMatchObject({
      name: 'ChatStreamError',
      requestId: 'req_1',
      contentType: 'text/event-stream',
      partial: { state: 'failed', parts: [{ type: 'text', text: 'Hi' }] },
      ...expected,
    })
    expect((seen.error as ChatStreamError).body).toMatch(/^data: {"choices"/)
    if (expected === toldWithoutCode) expect(seen.error).not.toHaveProperty('code')
    expect(brief(seen)).toEqual(['text-delta Hi'])
  })

  const page = '<!doctype html><title>Bad gateway</title>'
  const apology = '{"error":{"message":"No such key","type":"authentication_error","code":401}}'

  /** Nothing of an answer came before these. */
  const atTheStart: readonly Row[] = [
    ['an error frame first', data({ error }), told],
    [
      'a web page with status 200',
      page,
      { ...malformed, contentType: 'text/html', body: page },
      { headers: html },
    ],
    [
      'a web page that says it is a stream',
      page,
      { ...malformed, contentType: 'text/event-stream', body: page },
    ],
    [
      'a JSON error with status 200',
      apology,
      {
        kind: 'authentication',
        status: 401,
        message: 'No such key',
        body: apology,
        contentType: 'application/json',
        raw: JSON.parse(apology),
      },
      { headers: json },
    ],
    [
      'a JSON error that says it is a stream',
      apology,
      { kind: 'authentication', status: 401, message: 'No such key', body: apology },
    ],
    [
      'a whole answer that is no stream',
      '{"choices":[{"message":{"content":"Hi"}}]}',
      { ...malformed, contentType: 'application/json' },
      { headers: json },
    ],
    ['nothing, with status 200', '', { kind: 'truncated', status: 200, retryable: true, body: '' }],
    [
      'nothing but comments',
      ': keep-alive\n\n',
      { kind: 'truncated', status: 200, body: ': keep-alive\n\n' },
    ],
    [
      'a connection that breaks before the first byte',
      '',
      { kind: 'network', retryable: true, body: '' },
      { after: 'break' },
    ],
    [
      'an HTTP error in JSON',
      apology,
      { kind: 'authentication', status: 401, code: 401, body: apology },
      { status: 401, headers: json },
    ],
    [
      'an HTTP error as a web page',
      page,
      { kind: 'upstream', status: 502, body: page, contentType: 'text/html', retryable: true },
      { status: 502, headers: html },
    ],
    ['an HTTP error with an empty body', '', { kind: 'upstream', status: 503, body: '' }, { status: 503 }],
    [
      'an HTTP error whose body breaks',
      '{"err',
      { kind: 'http', status: 400, body: '{"err' },
      { status: 400, after: 'break' },
    ],
    [
      'an HTTP error in event-stream framing',
      data({ error }),
      { kind: 'upstream', status: 500 },
      { status: 500 },
    ],
  ]

  it.each(complete(atTheStart))('%s', async (_row, body, expected, answer) => {
    const seen = await read(body, answer)
    expect(seen.error).toMatchObject({ name: 'ChatStreamError', requestId: 'req_1', ...expected })
    expect(seen.error).not.toHaveProperty('partial')
    expect(brief(seen).filter((event) => !event.startsWith('comment'))).toEqual([])
  })

  it('keeps the first 2 kB of the body, and no more', async () => {
    const long = `<html>${'x'.repeat(5000)}`
    for (const headers of [sse, html]) {
      expect(((await read(long, { headers })).error as ChatStreamError).body).toBe(long.slice(0, 2048))
    }
  })

  describe('what has no end', () => {
    const endless = (piece: string): (string | Uint8Array)[] =>
      Array.from({ length: 100 }, () => Buffer.from(piece))

    it.each([
      ['a line', 'x'.repeat(100)],
      ['a data line', `data: ${'x'.repeat(94)}`],
      ['an event', `data: ${'x'.repeat(50)}\n`],
      ['a comment', ': '.repeat(50)],
    ])('%s', async (_what, piece) => {
      const seen = await settled(stream([content('Hi'), ...endless(piece)], { after: 'stay open' }, 1000))
      expect(seen.error).toMatchObject({
        kind: 'too-large',
        retryable: false,
        partial: { parts: [{ text: 'Hi' }] },
      })
      expect(brief(seen)).toEqual(['text-delta Hi'])
    })
  })
})
