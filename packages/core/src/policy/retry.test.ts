import { defer, type Observable } from 'rxjs'
import { afterEach, beforeEach, describe, it, vi } from 'vitest'
import {
  attemptFailed,
  events,
  keyRefused,
  rateLimit,
  refused,
  unavailable,
} from '../../test/event-marbles.js'
import { inVirtualTime } from '../../test/in-virtual-time.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { type RetryLimits, retry } from './retry.js'

const failed = (retryInMs: number, error = unavailable): ChatEvent => attemptFailed(error, retryInMs)

/** Each subscription gets the next of these, and the last one again and again. */
const inTurn = (...sources: readonly Observable<ChatEvent>[]): Observable<ChatEvent> => {
  let count = 0
  return defer(() => sources[Math.min(count++, sources.length - 1)] as Observable<ChatEvent>)
}

/** Marbles: the attempts in turn, and what is seen of them. */
const retries = (
  attempts: readonly string[],
  result: string,
  more: Record<string, ChatEvent>,
  { error = unavailable, ...limits }: RetryLimits & { readonly error?: ChatStreamError } = {},
): void =>
  inVirtualTime(({ cold, expectObservable }) => {
    const sources = attempts.map((attempt) => cold(attempt, events, error))
    expectObservable(inTurn(...sources).pipe(retry(limits))).toBe(result, { ...events, ...more }, error)
  })

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('retry', () => {
  it('passes a good answer on', () => {
    retries(['srt-d|'], 'srt-d|', {})
  })

  it('waits for a random part of a time that doubles with each attempt', () => {
    retries(
      ['s#', 's#', 's#', 'st|'],
      'sx 49ms sy 99ms sz 199ms st|',
      {
        x: failed(50),
        y: failed(100),
        z: failed(200),
      },
      { baseDelayMs: 100, maxAttempts: 4 },
    )
  })

  it('waits not at all, or the whole time, at the ends of the jitter', () => {
    vi.mocked(Math.random).mockReturnValueOnce(0).mockReturnValueOnce(1)
    retries(
      ['s#', 's-----#', 'st|'],
      's(xs)--y 199ms st|', //
      { x: failed(0), y: failed(200) },
      { baseDelayMs: 100 },
    )
  })

  it('lets no single wait grow above the limit', () => {
    retries(
      ['s#', 's#', 'st|'],
      'sx 49ms sy 74ms st|', //
      { x: failed(50), y: failed(75) },
      { baseDelayMs: 100, maxDelayMs: 150 },
    )
  })

  it('gives up after the last attempt, and tells its error', () => {
    retries(['s#'], 'sx 249ms sy 499ms s#', { x: failed(250), y: failed(500) })
    retries(['s#'], 's#', {}, { maxAttempts: 1 })
  })

  it('gives up when all waits together would be too long', () => {
    retries(
      ['s#'],
      'sx 49ms sy 99ms s#',
      { x: failed(50), y: failed(100) },
      { baseDelayMs: 100, maxAttempts: 10, maxTotalMs: 300 },
    )
  })

  it('waits for as long as the server asks, without any jitter', () => {
    const error = rateLimit(5001)
    retries(['s#', 'st|'], 'sx 4999ms st|', { x: failed(5000, error) }, { error })
  })

  it('does not wait for a time that has passed already', () => {
    const error = rateLimit(0)
    retries(['---s#', 's-----t|'], '---s(xs)--t|', { x: failed(0, error) }, { error })
  })

  it('fails at once, with the time, if the server asks for more than the limit', () => {
    retries(['s#'], 's#', {}, { error: rateLimit(60_002) })
    const error = rateLimit(60_001)
    retries(['s#', 'st|'], 'sx 59999ms st|', { x: failed(60_000, error) }, { error })
  })

  it('fails at once if the server asks for more than all waits may take together', () => {
    retries(['s#'], 's#', {}, { error: rateLimit(5000), maxTotalMs: 4000 })
  })

  it('never takes a wait that no timer can hold for a short one', () => {
    const limits = { maxDelayMs: Number.POSITIVE_INFINITY, maxTotalMs: Number.POSITIVE_INFINITY }
    retries(['s#'], 's#', {}, { error: rateLimit(2 ** 31 + 1), ...limits })
    const error = rateLimit(2 ** 31)
    retries(['s#', 'st|'], `sx ${2 ** 31 - 2}ms st|`, { x: failed(2 ** 31 - 1, error) }, { error, ...limits })
  })

  it.each([
    refused,
    keyRefused,
    new ChatStreamError('rate-limit', 'quota used up', { status: 429, code: 'insufficient_quota' }),
  ])('does not send again what would fail again: $message', (error) => {
    retries(['s#'], 's#', {}, { error })
  })

  it('sends nothing again after the first piece of content', () => {
    retries(['srt#', 'st|'], 'srt#', {})
    retries(['srkt#', 'st|'], 'srkt#', {})
  })

  it('counts an attempt that fails after the headers as any other', () => {
    retries(['srk#', 'srt|'], 'srkx 249ms srt|', { x: failed(250) })
  })

  it('starts the text anew if that was asked for', () => {
    retries(
      ['srt#', 'srtd|'],
      'srt(xv) 246ms srtd|', //
      { x: failed(250) },
      { restart: true },
    )
  })

  it('counts attempts and waits for each subscription anew', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const retried$ = cold('s#', events, unavailable).pipe(retry({ maxAttempts: 2 }))
      const values = { ...events, x: failed(250) }
      expectObservable(retried$).toBe('sx 249ms s#', values, unavailable)
      expectObservable(retried$, '300ms ^').toBe('300ms sx 249ms s#', values, unavailable)
    })
  })

  it('lets go of the wait when its subscriber leaves', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('s#', events, unavailable)
      expectObservable(source$.pipe(retry()), '^ 99ms !').toBe('sx', { ...events, x: failed(250) })
      expectSubscriptions(source$.subscriptions).toBe('^!')
    })
  })

  it('sends again only what it is told to', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source$ = cold('s#', events, unavailable)
      expectObservable(source$.pipe(retry({}, ({ kind }) => kind === 'rate-limit'))).toBe(
        's#',
        events,
        unavailable,
      )
    })
  })
})
