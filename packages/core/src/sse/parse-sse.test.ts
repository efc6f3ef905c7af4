import fc from 'fast-check'
import { from, NEVER, of, startWith, throwError } from 'rxjs'
import { concatWith, take } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import { bytesOf, cutBytes, oneByteAtATime } from '../../test/cut-bytes.js'
import { isChatStreamError } from '../errors/chat-stream-error.js'
import { parseSse, type SseOptions } from './parse-sse.js'
import type { ServerSentEvent } from './server-sent-event.js'

const parse = (text: string | Uint8Array, options?: SseOptions): ServerSentEvent[] => {
  const bytes = typeof text === 'string' ? bytesOf(text) : text
  const whole = collect(of(bytes).pipe(parseSse(options)))
  expect(whole.end).toBe('complete')
  expect(collect(from(oneByteAtATime(bytes)).pipe(parseSse(options)))).toEqual(whole)
  return whole.values
}

const message = (data: string, id = ''): ServerSentEvent => ({ event: 'message', data, id })
const typed = (event: string, data: string, id = ''): ServerSentEvent => ({ event, data, id })
const unfinished = (data: string, id = ''): ServerSentEvent => ({
  event: 'message',
  data,
  id,
  unfinished: true,
})
const comment = (text: string): ServerSentEvent => ({ comment: text })

/** Section 9.2.6 of the HTML standard, and the rules of 9.2.5, as data. */
const cases: readonly (readonly [rule: string, text: string, events: ServerSentEvent[]])[] = [
  // the examples of the specification, in its order
  [
    'joins the data lines of an event with newlines',
    'data: YHOO\ndata: +2\ndata: 10\n\n',
    [message('YHOO\n+2\n10')],
  ],
  [
    'reads the four blocks of the second example, of which the last is not finished',
    ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event',
    [
      comment('test stream'),
      message('first event', '1'),
      message('second event'),
      // the specification drops it
      unfinished(' third event'),
    ],
  ],
  [
    'fires two events for the third example: one with empty data, one with a newline',
    'data\n\ndata\ndata\n\ndata:',
    [message(''), message('\n'), unfinished('')],
  ],
  ['takes one space off after the colon', 'data:test\n\ndata: test\n\n', [message('test'), message('test')]],
  // data
  ['keeps the second space', 'data:  two\n\n', [message(' two')]],
  ['keeps a tab after the colon', 'data:\ttab\n\n', [message('\ttab')]],
  ['keeps white space at the end', 'data: end \n\n', [message('end ')]],
  ['takes `data:` for an empty line of data', 'data:\n\n', [message('')]],
  ['takes `data: ` for an empty line of data', 'data: \n\n', [message('')]],
  ['keeps colons in the value', 'data: a: b:c\n\n', [message('a: b:c')]],
  ['keeps empty lines inside multi-line data', 'data: a\ndata:\ndata\ndata: b\n\n', [message('a\n\n\nb')]],
  ['starts with fresh data after each event', 'data: a\n\ndata: b\n\n', [message('a'), message('b')]],
  ['drops an event without data', 'event: ping\nid: 7\n\ndata: x\n\n', [message('x', '7')]],
  ['takes any number of empty lines for nothing', '\n\n\ndata: x\n\n\n\n', [message('x')]],
  // event
  ['takes the type from the event field', 'event: add\ndata: 1\n\n', [typed('add', '1')]],
  ['takes the type after the data, too', 'data: 1\nevent: add\n\n', [typed('add', '1')]],
  ['lets the last type win', 'event: a\nevent: b\ndata: 1\n\n', [typed('b', '1')]],
  ['forgets the type after an event', 'event: a\ndata: 1\n\ndata: 2\n\n', [typed('a', '1'), message('2')]],
  ['forgets the type after an event without data', 'event: a\n\ndata: 2\n\n', [message('2')]],
  [
    'takes an empty type for `message`',
    'event:\ndata: 1\n\nevent\ndata: 2\n\n',
    [message('1'), message('2')],
  ],
  [
    'keeps a type that names no function of ours',
    'event: constructor\ndata: 1\n\n',
    [typed('constructor', '1')],
  ],
  // id
  ['remembers the id', 'id: 1\ndata: a\n\ndata: b\n\n', [message('a', '1'), message('b', '1')]],
  ['remembers the id of an event without data', 'id: 1\n\ndata: b\n\n', [message('b', '1')]],
  [
    'clears the id with an empty id field',
    'id: 1\ndata: a\n\nid\ndata: b\n\n',
    [message('a', '1'), message('b')],
  ],
  [
    'ignores an id that holds NUL',
    'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n',
    [message('a', '1'), message('b', '1')],
  ],
  // retry and unknown fields
  ['emits nothing for retry', 'retry: 1000\n\nretry: soon\n\n', []],
  ['ignores unknown fields', 'datum: 1\nfoo\n{"a":1}\ndata: x\n\n', [message('x')]],
  ['takes field names literally: no case, no space before', 'Data: 1\n data: 2\nDATA: 3\ndata : 4\n\n', []],
  ['takes a field name without a colon for an empty value', 'data\nevent\nid\n\n', [message('')]],
  // comments
  [
    'emits comments, less one space',
    ':a\n: b\n:  c\n:\n: \n',
    [comment('a'), comment('b'), comment(' c'), comment(''), comment('')],
  ],
  [
    'emits a comment as it is met, before the event around it',
    'data: a\n: in\ndata: b\n\n',
    [comment('in'), message('a\nb')],
  ],
  ['keeps colons in a comment', ':: {"a":1}\n', [comment(': {"a":1}')]],
  ['emits a last comment without a newline', 'data: a\n\n: cost', [message('a'), comment('cost')]],
  // line ends
  ['ends lines at LF', 'data: a\ndata: b\n\n', [message('a\nb')]],
  ['ends lines at CRLF', 'data: a\r\ndata: b\r\n\r\n', [message('a\nb')]],
  ['ends lines at a lone CR', 'data: a\rdata: b\r\r', [message('a\nb')]],
  [
    'takes any mix of line ends',
    'data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\rdata: e\r\n\n',
    [message('a\nb\nc'), message('d'), message('e')],
  ],
  ['counts LF CR as two line ends', 'data: a\n\rdata: b\n\n', [message('a'), message('b')]],
  ['counts CR CR LF as two line ends', 'data: a\r\r\ndata: b\n\n', [message('a'), message('b')]],
  [
    'does not end lines at U+2028, U+2029, NEL, VT or FF',
    'data: a\u2028b\u2029c\u0085d\ve\ff\n\n',
    [message('a\u2028b\u2029c\u0085d\ve\ff')],
  ],
  ['keeps NUL in data', 'data: a\0b\n\n', [message('a\0b')]],
  // byte order mark
  ['takes off a byte order mark at the start', '\uFEFFdata: a\n\n', [message('a')]],
  ['takes off only one byte order mark', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [message('b')]],
  [
    'keeps a byte order mark later',
    'data: \uFEFFa\n\n\uFEFFdata: b\n\ndata: c\n\n',
    [message('\uFEFFa'), message('c')],
  ],
  ['takes a body of a byte order mark alone for nothing', '\uFEFF', []],
  ['takes an empty body for nothing', '', []],
  // the end of the body
  ['marks an event whose empty line is missing', 'data: a\n', [unfinished('a')]],
  ['marks an event whose last line is cut', 'data: a\ndata: b', [unfinished('a\nb')]],
  ['marks an event after a lone CR', 'data: a\r', [unfinished('a')]],
  [
    'keeps type and id of an unfinished event',
    'id: 1\nevent: add\ndata: a',
    [{ event: 'add', data: 'a', id: '1', unfinished: true }],
  ],
  ['drops an unfinished event without data', 'event: add\nid: 3', []],
  ['drops a cut field name', 'data: a\n\ndat', [message('a')]],
]

describe('parseSse', () => {
  it.each(cases)('%s', (_rule, text, events) => {
    expect(parse(text)).toEqual(events)
  })

  it('replaces bytes that are not UTF-8, and reads on', () => {
    const bytes = Uint8Array.from([...bytesOf('data: '), 0xff, 0xe3, 0x81, ...bytesOf('\n\ndata: b\n\n')])
    expect(parse(bytes)).toEqual([message('\uFFFD\uFFFD'), message('b')])
  })

  it('decodes characters of two, three and four bytes', () => {
    expect(parse('data: é 日本 🧪 👩‍👩‍👧\n\n')).toEqual([message('é 日本 🧪 👩‍👩‍👧')])
  })

  it('emits each event as soon as its empty line has arrived', () => {
    const seen = collect(NEVER.pipe(startWith(bytesOf('data: a\n\ndata: b\r\r: c\ndata: d\n')), parseSse()))
    expect(seen.values).toEqual([message('a'), message('b'), comment('c')])
  })

  it('emits at a CR without waiting for the LF that may follow', () => {
    const seen = collect(NEVER.pipe(startWith(bytesOf('data: a\r\n\r')), parseSse()))
    expect(seen.values).toEqual([message('a')])
  })

  it('hands on what it holds before an error of the source', () => {
    const broken = new Error('broken')
    const seen = collect(
      of(bytesOf('data: a\n\ndata: b')).pipe(concatWith(throwError(() => broken)), parseSse()),
    )
    expect(seen).toEqual({ values: [message('a'), unfinished('b')], error: broken, end: 'error' })
  })

  it('keeps no state from one subscription to the next', () => {
    const events$ = of(bytesOf('data: 1\nid: 1\n\ndata: cut')).pipe(parseSse())
    const first = collect(events$)
    expect(collect(events$)).toEqual(first)
    expect(first.values).toEqual([message('1', '1'), unfinished('cut', '1')])
  })

  it('does not hold on to the chunks it was given', () => {
    const chunk = bytesOf('data: a')
    const chunks = function* (): Generator<Uint8Array> {
      yield chunk
      chunk.fill(0x58)
      yield bytesOf('b\n\n')
    }
    expect(collect(from(chunks()).pipe(parseSse())).values).toEqual([message('ab')])
  })

  it('stops when the subscriber has what it wants', () => {
    const seen = collect(of(bytesOf('data: a\n\ndata: b\n\n')).pipe(parseSse(), take(1)))
    expect(seen).toEqual({ values: [message('a')], error: undefined, end: 'complete' })
  })

  describe('with errorField', () => {
    it('takes the field `error` for an event of type error', () => {
      const events = parse('error: {"code":500}\n\ndata: a\n\n', { errorField: true })
      expect(events).toEqual([typed('error', '{"code":500}'), message('a')])
    })

    it('ignores that field otherwise, as the specification does', () => {
      expect(parse('error: {"code":500}\n\ndata: a\n\n')).toEqual([message('a')])
    })
  })

  describe('with maxEventBytes', () => {
    const failure = (text: string, maxEventBytes: number) => {
      const bytes = bytesOf(text)
      const whole = collect(of(bytes).pipe(parseSse({ maxEventBytes })))
      const single = collect(from(oneByteAtATime(bytes)).pipe(parseSse({ maxEventBytes })))
      expect(single.values).toEqual(whole.values)
      expect(String(single.error)).toBe(String(whole.error))
      return { values: whole.values, kind: isChatStreamError(whole.error) ? whole.error.kind : whole.end }
    }

    it('accepts a line of just that many bytes', () => {
      expect(failure('data: 123456\n\n', 12)).toEqual({ values: [message('123456')], kind: 'complete' })
    })

    it('errors at a line of one byte more, after the events before it', () => {
      const text = 'data: 1\n\ndata: 1234567\n\ndata: 2\n\n'
      expect(failure(text, 12)).toEqual({ values: [message('1')], kind: 'too-large' })
    })

    it('errors at a line that never ends, without waiting for its end', () => {
      const seen = collect(
        NEVER.pipe(startWith(bytesOf('data: 1\n\ndata: 1234567')), parseSse({ maxEventBytes: 12 })),
      )
      expect(seen.values).toEqual([message('1')])
      expect(seen.error).toMatchObject({ kind: 'too-large', retryable: false })
    })

    it('counts bytes, not characters', () => {
      expect(failure('data: 日本\n\n', 12).kind).toBe('complete')
      expect(failure('data: 日本語\n\n', 12).kind).toBe('too-large')
    })

    it('adds up the lines of one event', () => {
      expect(failure('data: 12345\ndata: 123456\n\n', 12)).toEqual({
        values: [message('12345\n123456')],
        kind: 'complete',
      })
      expect(failure('data: 123456\ndata: 123456\n\n', 12)).toEqual({ values: [], kind: 'too-large' })
      expect(failure('data: 日\ndata: 日\n\n', 12).kind).toBe('complete')
      expect(failure('data: 日日\ndata: 日日\n\n', 12)).toEqual({ values: [], kind: 'too-large' })
      expect(failure('data\n'.repeat(14), 12)).toEqual({ values: [], kind: 'too-large' })
    })

    it('starts to count anew at each event', () => {
      const text = 'data: 12345\ndata: 12345\n\n'.repeat(3)
      expect(failure(text, 12).kind).toBe('complete')
    })

    it('limits comments and unknown fields, too', () => {
      expect(failure(`: ${'x'.repeat(11)}\n`, 12).kind).toBe('too-large')
      expect(failure('x'.repeat(13), 12).kind).toBe('too-large')
    })

    it('holds without an option at 1 MiB', () => {
      const line = (bytes: number): string => `data: ${'x'.repeat(bytes - 6)}\n\n`
      expect(collect(of(bytesOf(line(2 ** 20))).pipe(parseSse())).end).toBe('complete')
      expect(collect(of(bytesOf(line(2 ** 20 + 1))).pipe(parseSse())).error).toMatchObject({
        kind: 'too-large',
      })
    })
  })

  it('gives the same events wherever any text is cut', () => {
    const piece = fc.constantFrom(
      'data',
      'data: ',
      'event: e',
      'id: 1',
      ':',
      ' ',
      '\r',
      '\n',
      '\r\n',
      '\n\n',
      'é',
      '日',
      '🧪',
      '\uFEFF',
      '\u2028',
      'retry:1',
      '\0',
      '{"a":1}',
    )
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join('')),
        fc.array(fc.nat(200), { maxLength: 8 }),
        fc.integer({ min: 4, max: 60 }),
        (text, cuts, maxEventBytes) => {
          const bytes = bytesOf(text)
          const read = (chunks: readonly Uint8Array[]) =>
            collect(from(chunks).pipe(parseSse({ maxEventBytes })))
          const offsets = cuts.map((cut) => cut % (bytes.length + 1))
          expect(read(cutBytes(bytes, offsets))).toEqual(read([bytes]))
        },
      ),
      { numRuns: 2000 },
    )
  })
})
