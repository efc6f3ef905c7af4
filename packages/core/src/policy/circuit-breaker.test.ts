import { map, NEVER, type Observable, of, throwError } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import { events, keyRefused, rateLimit, refused, unavailable } from '../../test/event-marbles.js'
import { inVirtualTime } from '../../test/in-virtual-time.js'
import type { ChatEvent } from '../event/chat-event.js'
import { createCircuitBreaker } from './circuit-breaker.js'

const failing = (error: unknown): Observable<ChatEvent> => throwError(() => error)

describe('createCircuitBreaker', () => {
  it('leaves an endpoint alone that has failed three times in a row', () => {
    const { watch, isOpen } = createCircuitBreaker()
    const fail = () => collect(failing(unavailable).pipe(watch))
    fail()
    expect(fail().error).toBe(unavailable)
    expect(isOpen()).toBe(false)
    fail()
    expect(isOpen()).toBe(true)
  })

  it('begins to count anew with the first piece of content', () => {
    const { watch, isOpen } = createCircuitBreaker({ failures: 2 })
    collect(failing(unavailable).pipe(watch))
    expect(collect(of(events.s, events.t).pipe(watch)).values).toEqual([events.s, events.t])
    collect(failing(unavailable).pipe(watch))
    expect(isOpen()).toBe(false)
    collect(of(events.s, events.r, events.k).pipe(watch))
    collect(failing(unavailable).pipe(watch))
    expect(isOpen()).toBe(true)
  })

  it.each([
    ['a refused request', refused],
    ['a refused key', keyRefused],
    ['what is none of ours', new Error('mine')],
  ])('does not count %s: the endpoint is well', (_, error) => {
    const { watch, isOpen } = createCircuitBreaker({ failures: 1 })
    expect(collect(failing(error).pipe(watch)).error).toBe(error)
    expect(isOpen()).toBe(false)
  })

  it('counts a rate limit', () => {
    const { watch, isOpen } = createCircuitBreaker({ failures: 1 })
    collect(failing(rateLimit()).pipe(watch))
    expect(isOpen()).toBe(true)
  })

  it('does not count a subscriber that leaves', () => {
    const { watch, isOpen } = createCircuitBreaker({ failures: 1 })
    NEVER.pipe(watch).subscribe().unsubscribe()
    expect(isOpen()).toBe(false)
  })

  it('tries an endpoint again after a while, and leaves it alone again at its first failure', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const { watch, isOpen } = createCircuitBreaker({ failures: 2, cooldownMs: 100 })
      const attempt$ = cold('#', events, unavailable).pipe(watch)
      const looks$ = cold('l 49ms l 50ms l-l--l 97ms l-l|').pipe(map(() => (isOpen() ? '1' : '2')))
      expectObservable(looks$).toBe('2 49ms 1 50ms 1-2--1 97ms 1-2|')
      expectObservable(attempt$, '1ms ^').toBe('1ms #', events, unavailable)
      expectObservable(attempt$, '2ms ^').toBe('2ms #', events, unavailable)
      expectObservable(attempt$, '105ms ^').toBe('105ms #', events, unavailable)
    })
  })
})
