import { from, of, throwError } from 'rxjs'
import { concatWith } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import type { ServerSentEvent, SseEvent } from '../sse/server-sent-event.js'
import { parseChunks } from './parse-chunks.js'

const event = (data: unknown, more: Partial<SseEvent> = {}): SseEvent => ({
  event: 'message',
  data: typeof data === 'string' ? data : JSON.stringify(data),
  id: '',
  ...more,
})
const parse = (...events: ServerSentEvent[]) => collect(from(events).pipe(parseChunks()))
const done = event('[DONE]')
const chunk = { choices: [{ index: 0, delta: { content: 'a' }, vendor: [1] }], vendor: true }

describe('parseChunks', () => {
  it('gives the object of each event, with every field it has', () => {
    expect(parse(event(chunk), event({})).values).toEqual([
      { type: 'chunk', chunk },
      { type: 'chunk', chunk: {} },
    ])
  })

  it('reads an object that is spread over lines', () => {
    expect(parse(event('{\n"a":\n1}')).values).toEqual([{ type: 'chunk', chunk: { a: 1 } }])
  })

  it('reads an event whatever its type, as long as that is not `error`', () => {
    expect(parse(event({ a: 1 }, { event: 'delta' })).values).toEqual([{ type: 'chunk', chunk: { a: 1 } }])
  })

  it.each(['[DONE]', ' [DONE]', '[DONE]\n'])('takes %j for the end of the answer', (data) => {
    expect(parse(event(data)).values).toEqual([{ type: 'done' }])
  })

  it('takes an unfinished [DONE] for the end, too', () => {
    expect(parse(event('[DONE]', { unfinished: true })).values).toEqual([{ type: 'done' }])
  })

  it('reads only comments after [DONE]', () => {
    const seen = parse(done, event(chunk), event('{broken'), done, event('x', { event: 'error' }), {
      comment: 'bye',
    })
    expect(seen).toEqual({
      values: [{ type: 'done' }, { type: 'comment', comment: 'bye' }],
      error: undefined,
      end: 'complete',
    })
  })

  it('gives comments as they are, and never parses them as chunks', () => {
    expect(
      parse({ comment: 'OPENROUTER PROCESSING' }, { comment: '' }, { comment: '{"a":1}' }).values,
    ).toEqual([
      { type: 'comment', comment: 'OPENROUTER PROCESSING' },
      { type: 'comment', comment: '' },
      { type: 'comment', comment: '{"a":1}' },
    ])
  })

  it('gives the cost in a comment, before [DONE] or after it', () => {
    const comment = '{"cost":"0.0012","prompt_tokens":15}'
    const cost = { type: 'cost', cost: { cost: '0.0012', prompt_tokens: 15 } }
    expect(parse({ comment }, done, { comment }).values).toEqual([cost, { type: 'done' }, cost])
  })

  it.each([
    [': keep-alive', 'keep-alive'],
    [':keep-alive', 'keep-alive'],
    [' : keep-alive', 'keep-alive'],
    ['', ''],
    ['  ', ''],
  ])('takes the data %j for a comment', (data, comment) => {
    expect(parse(event(data)).values).toEqual([{ type: 'comment', comment }])
  })

  it('finds the cost in a comment that came as data', () => {
    expect(parse(event(': {"cost":"1"}')).values).toEqual([{ type: 'cost', cost: { cost: '1' } }])
  })

  it.each([
    '{"a":1',
    '{"a":1}{"b":2}',
    '{"a":1}\n{"b":2}',
    '"text"',
    '1',
    'null',
    'true',
    '[{"a":1}]',
    'pong',
  ])('errors with `malformed` and the raw data for %j', (data) => {
    const seen = parse(event({ a: 1 }), event(data), event({ b: 1 }))
    expect(seen.values).toEqual([{ type: 'chunk', chunk: { a: 1 } }])
    expect(seen.error).toMatchObject({
      name: 'ChatStreamError',
      kind: 'malformed',
      raw: data,
      retryable: false,
    })
  })

  it('drops an unfinished event that is no whole object: that is a cut stream', () => {
    expect(parse(event('{"a":', { unfinished: true }))).toMatchObject({ values: [], end: 'complete' })
    expect(parse(event('[DON', { unfinished: true }))).toMatchObject({ values: [], end: 'complete' })
  })

  it('reads an unfinished event that is a whole object', () => {
    expect(parse(event({ a: 1 }, { unfinished: true })).values).toEqual([{ type: 'chunk', chunk: { a: 1 } }])
  })

  it('does not parse deeply nested data into a crash', () => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`
    expect(parse(event(deep)).end).toBe('complete')
  })

  describe('errors in the stream', () => {
    const error = { message: 'Slow down', type: 'rate_limit_error', code: 429 }
    const shapes: readonly (readonly [shape: string, frame: SseEvent, raw: unknown])[] = [
      ['at top level', event({ error }), { error }],
      ['at top level, beside choices', event({ choices: [], error }), { choices: [], error }],
      ['in a choice', event({ choices: [{ delta: {}, error }] }), { choices: [{ delta: {}, error }] }],
      ['in the second choice', event({ choices: [{}, { error }] }), { choices: [{}, { error }] }],
      ['as an event of type error', event({ error }, { event: 'error' }), { error }],
      ['as an event of type error, the object alone', event(error, { event: 'error' }), error],
      ['as the chunk itself, of type error', event({ type: 'error', error }), { type: 'error', error }],
      [
        'as the chunk itself, of object error',
        event({ object: 'error', message: 'Slow down', type: 'rate_limit_error', code: 429 }),
        { object: 'error', message: 'Slow down', type: 'rate_limit_error', code: 429 },
      ],
    ]

    it.each(shapes)('are found %s', (_shape, frame, raw) => {
      expect(parse(frame).error).toMatchObject({
        name: 'ChatStreamError',
        kind: 'rate-limit',
        message: 'Slow down',
        type: 'rate_limit_error',
        code: 429,
        status: 429,
        retryable: true,
        raw,
      })
    })

    it('may be a bare string', () => {
      const { error } = parse(event({ error: 'overloaded' }))
      expect(error).toMatchObject({
        kind: 'upstream',
        message: 'overloaded',
        retryable: true,
        raw: { error: 'overloaded' },
      })
      expect(error).not.toHaveProperty('status')
    })

    it('may be an event of type error with words for data', () => {
      expect(parse(event('overloaded', { event: 'error' })).error).toMatchObject({
        kind: 'upstream',
        message: 'overloaded',
        raw: 'overloaded',
      })
    })

    it('may be an event of type error with nothing to say', () => {
      expect(parse(event('', { event: 'error' })).error).toMatchObject({ kind: 'upstream', retryable: true })
    })

    it('may be only a finish reason', () => {
      const raw = { choices: [{ index: 0, delta: {}, finish_reason: 'error' }] }
      expect(parse(event(raw)).error).toMatchObject({ kind: 'upstream', retryable: true, raw })
    })

    it('come after the chunk that they came with', () => {
      const both = { choices: [{ delta: { content: 'last words' }, error, finish_reason: 'error' }] }
      const seen = parse(event(both))
      expect(seen.values).toEqual([{ type: 'chunk', chunk: both }])
      expect(seen.error).toMatchObject({ kind: 'rate-limit' })
    })

    it.each([
      { error: null },
      { error: '' },
      { error: undefined },
      { errors: [1] },
      { choices: [{ error: null }] },
    ])('are not seen in %j', (fine) => {
      expect(parse(event(fine)).end).toBe('complete')
    })
  })

  it('passes an error of the source through', () => {
    const broken = new Error('broken')
    const seen = collect(of(done).pipe(concatWith(throwError(() => broken)), parseChunks()))
    expect(seen).toEqual({ values: [{ type: 'done' }], error: broken, end: 'error' })
  })
})
