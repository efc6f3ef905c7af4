import { map, NEVER, type Observable, of, throwError } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import { events, keyRefused, rateLimit, refused, unavailable } from '../../test/event-marbles.js'
import { inVirtualTime } from '../../test/in-virtual-time.js'
import type { ChatEvent } from '../event/chat-event.js'
import { createCircuitBreaker } from './circuit-breaker.js'

const a = { baseURL: 'https://a.example/v1' }
const b = { baseURL: 'https://b.example/v1' }

const failing = (error: unknown): Observable<ChatEvent> => throwError(() => error)

describe('createCircuitBreaker', () => {
  it('leaves an endpoint alone that has failed three times in a row', () => {
    const breaker = createCircuitBreaker()
    const fail = () => collect(failing(unavailable).pipe(breaker.watch(a.baseURL)))
    fail()
    expect(fail().error).toBe(unavailable)
    expect(breaker.usable([a, b])).toEqual([a, b])
    fail()
    expect(breaker.usable([a, b])).toEqual([b])
    expect(breaker.usable([b, a])).toEqual([b])
  })

  it('uses all if it would leave all alone', () => {
    const breaker = createCircuitBreaker({ failures: 1 })
    for (const { baseURL } of [a, b]) collect(failing(unavailable).pipe(breaker.watch(baseURL)))
    expect(breaker.usable([a, b])).toEqual([a, b])
    expect(breaker.usable([a])).toEqual([a])
  })

  it('begins to count anew with the first piece of content', () => {
    const breaker = createCircuitBreaker({ failures: 2 })
    const watch = breaker.watch(a.baseURL)
    collect(failing(unavailable).pipe(watch))
    expect(collect(of(events.s, events.t).pipe(watch)).values).toEqual([events.s, events.t])
    collect(failing(unavailable).pipe(watch))
    expect(breaker.usable([a, b])).toEqual([a, b])
    collect(of(events.s, events.r, events.k).pipe(watch))
    collect(failing(unavailable).pipe(watch))
    expect(breaker.usable([a, b])).toEqual([b])
  })

  it.each([
    ['a refused request', refused],
    ['a refused key', keyRefused],
    ['what is none of ours', new Error('mine')],
  ])('does not count %s: the endpoint is well', (_, error) => {
    const breaker = createCircuitBreaker({ failures: 1 })
    expect(collect(failing(error).pipe(breaker.watch(a.baseURL))).error).toBe(error)
    expect(breaker.usable([a, b])).toEqual([a, b])
  })

  it('counts a rate limit', () => {
    const breaker = createCircuitBreaker({ failures: 1 })
    collect(failing(rateLimit()).pipe(breaker.watch(a.baseURL)))
    expect(breaker.usable([a, b])).toEqual([b])
  })

  it('does not count a subscriber that leaves', () => {
    const breaker = createCircuitBreaker({ failures: 1 })
    NEVER.pipe(breaker.watch(a.baseURL)).subscribe().unsubscribe()
    expect(breaker.usable([a, b])).toEqual([a, b])
  })

  it('tries an endpoint again after a while, and leaves it alone again at its first failure', () => {
    inVirtualTime(({ cold, expectObservable }) => {
      const breaker = createCircuitBreaker({ failures: 2, cooldownMs: 100 })
      const attempt$ = cold('#', events, unavailable).pipe(breaker.watch(a.baseURL))
      const looks$ = cold('l 49ms l 50ms l-l--l 97ms l-l|').pipe(
        map(() => String(breaker.usable([a, b]).length)),
      )
      expectObservable(looks$).toBe('2 49ms 1 50ms 1-2--1 97ms 1-2|')
      expectObservable(attempt$, '1ms ^').toBe('1ms #', events, unavailable)
      expectObservable(attempt$, '2ms ^').toBe('2ms #', events, unavailable)
      expectObservable(attempt$, '105ms ^').toBe('105ms #', events, unavailable)
    })
  })
})
