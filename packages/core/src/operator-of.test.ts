import { Observable, of, range, Subject, throwError } from 'rxjs'
import { concatWith, take } from 'rxjs/operators'
import { describe, expect, it, vi } from 'vitest'
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

  it.each(['next', 'flush', 'complete'] as const)(
    'turns what %s throws into an error of the stream',
    (step) => {
      const failing = operatorOf<number, number>((subscriber) => ({
        next: (value) => subscriber.next(value),
        [step]() {
          throw new Error(`from ${step}`)
        },
      }))
      const values = step === 'next' ? [] : [1]
      expect(collect(of(1).pipe(failing))).toEqual({ values, error: new Error(`from ${step}`), end: 'error' })
    },
  )

  it('flushes at the end of the source, and then completes', () => {
    const steps: string[] = []
    const noted = operatorOf<number, string>((subscriber) => ({
      next: (value) => subscriber.next(`next ${value}`),
      flush: () => subscriber.next('flush'),
      complete() {
        subscriber.next('complete')
        subscriber.complete()
      },
    }))
    of(1)
      .pipe(noted)
      .subscribe({ next: (step) => steps.push(step), complete: () => steps.push('end') })
    expect(steps).toEqual(['next 1', 'flush', 'complete', 'end'])
  })

  it('flushes before an error of the source, and does not complete', () => {
    const complete = vi.fn()
    const noted = operatorOf<number, string>((subscriber) => ({
      next: (value) => subscriber.next(`next ${value}`),
      flush: () => subscriber.next('flush'),
      complete,
    }))
    const seen = collect(of(1).pipe(concatWith(throwError(() => new Error('broken'))), noted))
    expect(seen).toEqual({ values: ['next 1', 'flush'], error: new Error('broken'), end: 'error' })
    expect(complete).not.toHaveBeenCalled()
  })

  it('does not complete after the subscriber has left during the flush', () => {
    const complete = vi.fn()
    const noted = operatorOf<number, string>((subscriber) => ({
      next() {},
      flush: () => subscriber.next('flush'),
      complete,
    }))
    expect(collect(range(1, 2).pipe(noted, take(1))).values).toEqual(['flush'])
    expect(complete).not.toHaveBeenCalled()
  })
})
