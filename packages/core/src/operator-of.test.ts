import { Observable, of, Subject, throwError } from 'rxjs'
import { take } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { collect } from '../test/collect.js'
import { operatorOf } from './operator-of.js'

const doubled = operatorOf<number, number>((subscriber) => ({
  next(value) {
    subscriber.next(value)
    subscriber.next(value * 10)
  },
}))

describe('operatorOf', () => {
  it('emits none, one or many for each value', () => {
    expect(collect(of(1, 2).pipe(doubled)).values).toEqual([1, 10, 2, 20])
  })

  it('makes a new stage for each subscription', () => {
    const counted = operatorOf<string, number>((subscriber) => {
      let count = 0
      return { next: () => subscriber.next(++count) }
    })
    const counted$ = of('a', 'b').pipe(counted)
    expect(collect(counted$).values).toEqual([1, 2])
    expect(collect(counted$).values).toEqual([1, 2])
  })

  it('stops a source that emits without end while it is being subscribed to', () => {
    let emitted = 0
    const endless$ = new Observable<number>((subscriber) => {
      while (!subscriber.closed) {
        if (++emitted > 1000) throw new Error('nobody stopped it')
        subscriber.next(emitted)
      }
    })
    expect(collect(endless$.pipe(doubled, take(3)))).toEqual({
      values: [1, 10, 2],
      error: undefined,
      end: 'complete',
    })
    expect(emitted).toBeLessThan(5)
  })

  it('stops such a source when the stage throws', () => {
    let emitted = 0
    const endless$ = new Observable<number>((subscriber) => {
      while (!subscriber.closed && emitted < 1000) subscriber.next(++emitted)
    })
    const failing = operatorOf<number, number>(() => ({
      next() {
        throw new Error('no')
      },
    }))
    expect(collect(endless$.pipe(failing)).error).toEqual(new Error('no'))
    expect(emitted).toBeLessThan(5)
  })

  it('unsubscribes from the source when its subscriber leaves', () => {
    const source$ = new Subject<number>()
    const subscription = source$.pipe(doubled).subscribe()
    expect(source$.observed).toBe(true)
    subscription.unsubscribe()
    expect(source$.observed).toBe(false)
  })

  it('unsubscribes from the source when the stage throws', () => {
    const source$ = new Subject<number>()
    const failing = operatorOf<number, number>(() => ({
      next() {
        throw new Error('no')
      },
    }))
    const seen = collect(source$.pipe(failing))
    source$.next(1)
    expect(seen.error).toEqual(new Error('no'))
    expect(source$.observed).toBe(false)
  })

  it.each(['next', 'complete'] as const)('turns what %s throws into an error of the stream', (step) => {
    const failing = operatorOf<number, number>((subscriber) => ({
      next: (value) => subscriber.next(value),
      [step]() {
        throw new Error(`from ${step}`)
      },
    }))
    const values = step === 'next' ? [] : [1]
    expect(collect(of(1).pipe(failing))).toEqual({ values, error: new Error(`from ${step}`), end: 'error' })
  })

  it('turns what error throws into an error of the stream', () => {
    const failing = operatorOf<number, number>(() => ({
      error() {
        throw new Error('from error')
      },
    }))
    const broken$ = throwError(() => new Error('broken'))
    expect(collect(broken$.pipe(failing)).error).toEqual(new Error('from error'))
  })

  it.each(['error', 'complete'] as const)('lets go of the source before it tells of its %s', (end) => {
    const steps: string[] = []
    const source$ = new Observable<number>((subscriber) => {
      subscriber.add(() => steps.push('let go'))
      subscriber[end](undefined)
    })
    const noted = operatorOf<number>(() => ({ [end]: () => steps.push(end) }))
    collect(source$.pipe(noted))
    expect(steps).toEqual(['let go', end])
  })

  it('hands on at the end of the source what a stage held back', () => {
    const last = operatorOf<number>((subscriber) => {
      let held = 0
      return {
        next(value) {
          held = value
        },
        complete() {
          subscriber.next(held)
          subscriber.complete()
        },
      }
    })
    expect(collect(of(1, 2).pipe(last))).toEqual({ values: [2], error: undefined, end: 'complete' })
  })

  it('tells of one end only', () => {
    const ends: string[] = []
    const counted = operatorOf<number>(() => ({
      error: () => ends.push('error'),
      complete: () => ends.push('complete'),
    }))
    const twice$ = new Observable<number>((subscriber) => {
      subscriber.complete()
      subscriber.error(new Error('after the end'))
      subscriber.complete()
    })
    collect(twice$.pipe(counted))
    expect(ends).toEqual(['complete'])
  })

  it('drops what a source sends after its end', () => {
    const seen: string[] = []
    const late$ = new Observable<string>((subscriber) => {
      subscriber.next('in time')
      subscriber.complete()
      expect(() => subscriber.next('late')).not.toThrow()
      seen.push('sent')
    })
    const open = operatorOf<string>(() => ({ next: (value) => seen.push(value), complete() {} })) // as for a retry
    collect(late$.pipe(open))
    expect(seen).toEqual(['in time', 'sent'])
  })
})
