import { describe, expect, it } from 'vitest'
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
import { failover, mayFailOver } from './failover.js'

const quotaUsedUp = new ChatStreamError('rate-limit', 'quota used up', { status: 429 })
const noConnection = new ChatStreamError('network', 'no connection', { retryable: true })

describe('failover', () => {
  it.each([
    ['5xx', unavailable, true],
    ['a rate limit that outlasts the retries', rateLimit(), true],
    ['a used-up quota', quotaUsedUp, true],
    ['no connection', noConnection, true],
    ['a timeout', new ChatStreamError('timeout', 'too late', { retryable: true }), true],
    ['a refused request', refused, false],
    ['a refused key', keyRefused, false],
    ['what is not this protocol', new ChatStreamError('malformed', 'a page'), false],
  ])('decides by what another provider could do about it: %s', (_, error, may) => {
    expect(mayFailOver(error)).toBe(may)
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const next$ = cold('-S-t|', events)
      const stream$ = cold('s-#', events, error).pipe(failover(next$))
      const values = { ...events, x: attemptFailed(error) }
      expectObservable(stream$).toBe(may ? 's-xS-t|' : 's-#', values, error)
      expectSubscriptions(next$.subscriptions).toBe(may ? '--^---!' : [])
    })
  })

  it('does not ask the next one while this one answers', () => {
    inVirtualTime(({ cold, expectObservable, expectSubscriptions }) => {
      const next$ = cold('-S-t|', events)
      expectObservable(cold('srt-d|', events).pipe(failover(next$))).toBe('srt-d|', events)
      expectSubscriptions(next$.subscriptions).toBe([])
    })
  })

  it('stays with the one that has begun to answer', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const stream$ = cold('srt-#', events, unavailable).pipe(failover(cold('-S-t|', events)))
      expectObservable(stream$).toBe('srt-#', events, unavailable)
    })
  })

  it('starts anew at the next one in mid-answer, if a restart was asked for', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const next$ = cold('-----S-t|', events)
      const stream$ = cold('srt-#', events, unavailable).pipe(failover(next$, { restart: true }))
      expectObservable(stream$).toBe('srt-(xv)-S-t|', { ...events, x: attemptFailed(unavailable) })
    })
  })

  it('goes through all of them in order, and tells the last error', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const last$ = cold('---s#', events, rateLimit(9))
      const second$ = cold('-S#', events, noConnection)
      const stream$ = cold('s#', events, unavailable).pipe(failover(second$.pipe(failover(last$))))
      expectObservable(stream$).toBe(
        'sxSy--s#',
        { ...events, x: attemptFailed(unavailable), y: attemptFailed(noConnection, 0, events.S) },
        rateLimit(9),
      )
    })
  })
})
