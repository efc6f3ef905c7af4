import { describe, expect, it } from 'vitest'
import { events } from '../../test/event-marbles.js'
import { inVirtualTime } from '../../test/in-virtual-time.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { type ContentClocks, contentClocks } from './content-clocks.js'

const timeout = new ChatStreamError('timeout', '')

/** Marbles: what comes, when it is let go, and what is seen, with 10 ms to the first content, 5 ms between pieces, and no end of the drain. */
const clocks = (
  source: string,
  subscription: string,
  result: string,
  { firstContentMs = 10, idleMs = 5, drainMs = Number.POSITIVE_INFINITY }: Partial<ContentClocks> = {},
): void =>
  inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
    const source$ = cold(source, events)
    expectObservable(source$.pipe(contentClocks({ firstContentMs, idleMs, drainMs }))).toBe(
      result,
      events,
      expect.objectContaining({ kind: timeout.kind, retryable: true }),
    )
    expectSubscriptions(source$.subscriptions).toBe(subscription)
  })

describe('contentClocks', () => {
  it('passes on what comes in time', () => {
    clocks(
      's--r-----t----z----f----c----d-m|',
      '^-------------------------------!',
      's--r-----t----z----f----c----d-m|',
    )
  })

  it('fails with `timeout`, and lets go, when no content has come in time', () => {
    clocks(
      's--r-------t',
      '^---------!',
      's--r------#', //
    )
  })

  it('ends an answer of which only the [DONE] is missing, with content or without', () => {
    clocks(
      's-r-t-e-------------',
      '^--------!',
      's-r-t-e--(d|)', //
    )
    clocks(
      's-r-e-----------',
      '^---------!',
      's-r-e-----(d|)', //
    )
  })

  it('counts the silence before the headers', () => {
    clocks(
      's---------------',
      '^---------!',
      's---------#', //
    )
  })

  it('fails with `timeout`, and lets go, when no more content comes', () => {
    clocks(
      's-r-t----t------t',
      '^-------------!',
      's-r-t----t----#', //
    )
  })

  it.each(['k', 'u', 'r'])('is not held up before the content by what is none: %s', (event) => {
    clocks(
      `s-r-${event}-${event}-${event}---t`,
      '^---------!',
      `s-r-${event}-${event}-${event}-#`, //
    )
  })

  it.each(['k', 'u'])('is not held up between pieces by what is none: %s', (event) => {
    clocks(
      `s-t-${event}-${event}-${event}-t`,
      '^------!',
      `s-t-${event}-${event}#`, //
    )
  })

  it('stops at the end of the answer: the cost may take its time', () => {
    clocks('s-t-d 60s m|', '^---- 60s -!', 's-t-d 60s m|')
    clocks('s---d 60s m|', '^---- 60s -!', 's---d 60s m|')
  })

  it('does not take an answer for whole of which one choice has ended, and another one has not', () => {
    const other = { T: { ...events.t, index: 1 }, E: { ...events.e, index: 1 } }
    inVirtualTime(({ cold, expectObservable }) => {
      const clock = contentClocks({ firstContentMs: 10, idleMs: 5, drainMs: 5 })
      const values = { ...events, ...other }
      expectObservable(cold('stTe---------', values).pipe(clock)).toBe(
        'stTe---#',
        values,
        expect.objectContaining({ kind: 'timeout' }),
      )
      expectObservable(cold('stTeE--------', values).pipe(clock)).toBe('stTeE--(d|)', values)
    })
  })

  it('is off at Infinity, each by itself', () => {
    clocks('s 60s t----t|', '^ 60s ------!', 's 60s t----t|', { firstContentMs: Number.POSITIVE_INFINITY })
    clocks('s--- 1s t', '^---------!', 's---------#', { idleMs: Number.POSITIVE_INFINITY })
    clocks('s-t 60s t|', '^-- 60s -!', 's-t 60s t|', { idleMs: Number.POSITIVE_INFINITY })
  })

  it('holds more than one timer can: 2 ** 31 ms is 25 days', () => {
    const days = 24 * 60 * 60 * 1000
    clocks('s 29d t|'.replace('29d', `${29 * days}ms`), `^ ${29 * days}ms -!`, `s ${29 * days}ms t|`, {
      firstContentMs: 30 * days,
    })
    clocks('s', `^ ${30 * days - 1}ms !`, `s ${30 * days - 1}ms #`, { firstContentMs: 30 * days })
  })

  it('passes an error and the end on, and rings no more', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const clock = contentClocks({ firstContentMs: 10, idleMs: 5, drainMs: 5 })
      expectObservable(cold('s-t-#', events, timeout).pipe(clock)).toBe('s-t-#', events, timeout)
      expectObservable(cold('s-#', events, timeout).pipe(clock)).toBe('s-#', events, timeout)
    })
  })

  it('rings no more once its subscriber has left', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('s-t---------', events)
      expectObservable(
        source$.pipe(contentClocks({ firstContentMs: 10, idleMs: 5, drainMs: 5 })),
        '^---!',
      ).toBe('s-t-', events)
      expectSubscriptions(source$.subscriptions).toBe('^---!')
    })
  })

  it('names the request that stalled', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source$ = cold('srt', events)
      expectObservable(source$.pipe(contentClocks({ firstContentMs: 10, idleMs: 5, drainMs: 5 }))).toBe(
        'srt----#',
        events,
        expect.objectContaining({
          kind: 'timeout',
          requestId: 'req_1',
          message: expect.stringContaining('5 ms'),
        }),
      )
    })
  })

  describe('after the end of the answer', () => {
    /** As above, with 5 ms to drain. */
    const drains = (source: string, subscription: string, result: string): void =>
      clocks(source, subscription, result, { drainMs: 5 })

    it('ends with the source, without waiting out the time to drain', () => {
      drains(
        '-t-d|',
        '^---!',
        '-t-d|', //
      )
    })

    it('completes when the time is over, and unsubscribes', () => {
      drains(
        '-t-d----------m',
        '^-------!',
        '-t-d----|', //
      )
    })

    it('takes what comes in time, and nothing later', () => {
      drains(
        '-d---m--k--|',
        '^-----!',
        '-d---m|', //
      )
    })

    it('does not start the time anew with each comment', () => {
      drains(
        '-d-k-k-k-k-k',
        '^-----!',
        '-d-k-k|', //
      )
    })

    it('takes what came along with the end, even with no time at all', () => {
      clocks('-(dm)-k', '^!', '-(dm|)', { drainMs: 0 })
    })

    it('completes if the connection breaks: the answer is whole', () => {
      drains(
        '-t-d-#',
        '^----!',
        '-t-d-|', //
      )
    })

    it('unsubscribes from the source when its subscriber leaves', () => {
      inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
        const source$ = cold('-d-----', events)
        const clock = contentClocks({ firstContentMs: 10, idleMs: 5, drainMs: 5 })
        expectObservable(source$.pipe(clock), '^--!').toBe('-d--', events)
        expectSubscriptions(source$.subscriptions).toBe('^--!')
      })
    })
  })

  it('counts from when the bytes came, if it is told', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const clock = contentClocks({ firstContentMs: 10, idleMs: 5, drainMs: 5 }, undefined, () => 3)
      expectObservable(cold('s--t-t-------', events).pipe(clock)).toBe(
        's--t-t--#',
        events,
        expect.objectContaining({ kind: 'timeout' }),
      )
    })
  })
})
