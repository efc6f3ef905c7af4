import fc from 'fast-check'
import { concat, NEVER, type Observable, of, throwError } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { collect } from '../../test/collect.js'
import { bytesOf } from '../../test/cut-bytes.js'
import { ChatStreamError, type ChatStreamErrorKind } from '../errors/chat-stream-error.js'
import { parseSse } from './parse-sse.js'
import { type ReconnectLimits, reconnect } from './reconnect.js'
import type { ServerSentEvent } from './server-sent-event.js'

const failure = (kind: ChatStreamErrorKind, retryable = true): ChatStreamError =>
  new ChatStreamError(kind, kind, { retryable, ...(kind === 'http' && { status: 404 }) })
const broken = failure('network')

/** What the server keeps: a numbered event for each text, and the cost, which has no number. */
const frames = (texts: readonly string[]): string[] => [
  ...texts.map((text, at) => `id: ${at + 1}\ndata: ${JSON.stringify(text)}\n\n`),
  `id: ${texts.length + 1}\ndata: [DONE]\n\n`,
  ': {"cost":"1"}\n\n',
]

const read = (bytes: Uint8Array, end: Observable<never>): Observable<ServerSentEvent> =>
  concat(of(bytes), end).pipe(parseSse())
const whole = (texts: readonly string[]) => collect(of(bytesOf(frames(texts).join(''))).pipe(parseSse()))

/** A server whose connections end after so many bytes each, the last one in peace. */
const createServer = (texts: readonly string[], cuts: readonly number[], limits?: ReconnectLimits) => {
  const asked: string[] = []
  const connect = (lastEventId: string): Observable<ServerSentEvent> => {
    const rest = bytesOf(frames(texts).slice(Number(lastEventId)).join(''))
    const cut = cuts[asked.length]
    asked.push(lastEventId)
    return cut === undefined || cut >= rest.length
      ? read(rest, of() as Observable<never>)
      : read(
          rest.subarray(0, cut),
          throwError(() => broken),
        )
  }
  return { asked, events$: connect('').pipe(reconnect(connect, limits)) }
}

describe('reconnect', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('gives each event once, wherever the line breaks and however often', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { maxLength: 8 }),
        fc.array(fc.nat(120), { maxLength: 6 }),
        (texts, cuts) => {
          const seen = collect(createServer(texts, cuts, { maxAttempts: 10 }).events$)
          vi.runAllTimers()
          const isCut = (event: ServerSentEvent) => 'comment' in event && !event.comment.endsWith('}')
          expect({ ...seen, values: seen.values.filter((event) => !isCut(event)) }).toEqual(whole(texts))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('asks for what came after the last whole event', () => {
    const [first = '', second = ''] = frames(['a', 'b'])
    const { asked, events$ } = createServer(['a', 'b'], [first.length + second.length - 3])
    collect(events$)
    expect(asked).toEqual(['', '1'])
  })

  it('tries again at once, then after a wait that doubles, and gives up as if it had not tried', () => {
    const open = vi.fn(() => throwError(() => failure('upstream')))
    const first$ = concat(
      of({ event: 'message', data: 'a', id: '1' }),
      throwError(() => broken),
    )
    const seen = collect(first$.pipe(reconnect(open, { maxAttempts: 3, baseDelayMs: 100 })))
    expect(open).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(99)
    expect(open).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1)
    expect(open).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(199)
    expect(seen.end).toBe('running')
    vi.advanceTimersByTime(1)
    expect(open).toHaveBeenCalledTimes(3)
    expect(seen.error).toBe(broken)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('counts anew after each event that comes', () => {
    let id = 0
    const open = (): Observable<ServerSentEvent> =>
      concat(
        of({ event: 'message', data: id === 9 ? '[DONE]' : 'a', id: String(++id) }),
        id === 10 ? of() : throwError(() => broken),
      ) as Observable<ServerSentEvent>
    const seen = collect(open().pipe(reconnect(open, { maxAttempts: 1 })))
    expect(seen.values).toHaveLength(10)
    expect(seen.end).toBe('complete')
  })

  it('takes a refusal for the end: the server no longer keeps the stream', () => {
    const open = vi.fn(() => throwError(() => failure('http', false)))
    const seen = collect(throwError(() => broken).pipe(reconnect(open)))
    expect(seen.error).toBe(broken)
    expect(open).toHaveBeenCalledOnce()
  })

  it.each(['too-large', 'malformed'] as const)('tells what cannot be mended: %s', (kind) => {
    const open = vi.fn(() => NEVER)
    const error = failure(kind, false)
    expect(collect(throwError(() => error).pipe(reconnect(open))).error).toBe(error)
    expect(open).not.toHaveBeenCalled()
  })

  it('asks once more when the body ends without [DONE], and believes an end without news', () => {
    const open = vi.fn(() => of() as Observable<ServerSentEvent>)
    const seen = collect(of({ event: 'message', data: 'a', id: '1' }).pipe(reconnect(open)))
    expect(open).toHaveBeenCalledExactlyOnceWith('1')
    expect(seen.end).toBe('complete')
  })

  it('does not ask for the cost again once it has come', () => {
    const open = vi.fn(() => NEVER)
    const all = bytesOf(frames(['a']).join(''))
    const seen = collect(
      read(
        all,
        throwError(() => broken),
      ).pipe(reconnect(open)),
    )
    expect(seen).toEqual(whole(['a']))
    expect(open).not.toHaveBeenCalled()
  })

  it('waits no longer when the subscriber has left', () => {
    const open = vi.fn(() => throwError(() => broken))
    const subscription = throwError(() => broken)
      .pipe(reconnect(open))
      .subscribe({ error: () => {} })
    expect(open).toHaveBeenCalledOnce()
    subscription.unsubscribe()
    expect(vi.getTimerCount()).toBe(0)
  })
})
