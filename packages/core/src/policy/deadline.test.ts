import { describe, expect, it } from 'vitest'
import { events, refused } from '../../test/event-marbles.js'
import { inVirtualTime } from '../../test/in-virtual-time.js'
import { deadline } from './deadline.js'

const timeout = expect.objectContaining({ kind: 'timeout', retryable: false })

describe('deadline', () => {
  it('fails with `timeout`, and lets go, however much comes', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const source$ = cold('s-r-tttttttttt', events)
      expectObservable(source$.pipe(deadline(8))).toBe('s-r-tttt#', events, timeout)
      expectSubscriptions(source$.subscriptions).toBe('^-------!')
    })
  })

  it('counts neither the end of the answer nor what follows it', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      expectObservable(cold('srt-d 60s m|', events).pipe(deadline(8))).toBe('srt-d 60s m|', events)
    })
  })

  it('is off at Infinity, and holds more than one timer can', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const source$ = cold(`s ${2 ** 31}ms t|`, events)
      expectObservable(source$.pipe(deadline(Number.POSITIVE_INFINITY))).toBe(`s ${2 ** 31}ms t|`, events)
      expectObservable(source$.pipe(deadline(2 ** 31 + 9))).toBe(`s ${2 ** 31}ms t|`, events)
      expectObservable(source$.pipe(deadline(2 ** 31))).toBe(`s ${2 ** 31 - 1}ms #`, events, timeout)
    })
  })

  it('passes an error on, and rings no more', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      expectObservable(cold('s-#', events, refused).pipe(deadline(8))).toBe('s-#', events, refused)
      expectObservable(cold('s----------', events).pipe(deadline(8)), '^--!').toBe('s--', events)
    })
  })

  it('starts anew with each subscription', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const limited$ = cold('s-----t----', events).pipe(deadline(8))
      expectObservable(limited$).toBe('s-----t-#', events, timeout)
      expectObservable(limited$, '-----^').toBe('-----s-----t-#', events, timeout)
    })
  })
})
