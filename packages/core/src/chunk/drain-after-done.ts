import {
  catchError,
  defer,
  EMPTY,
  type MonoTypeOperatorFunction,
  Subject,
  switchMap,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs'
import type { Frame } from './parse-chunks.js'

/**
 * Bounds what comes after `[DONE]`. The answer is final there; the connection is read on for the cost, until the body
 * ends or `graceMs` have passed. Should it break meanwhile, the answer is whole all the same, only without a cost.
 */
export const drainAfterDone =
  (graceMs: number): MonoTypeOperatorFunction<Frame> =>
  (source) =>
    defer(() => {
      const done$ = new Subject<void>()
      let done = false
      return source.pipe(
        tap((frame) => {
          if (frame.type !== 'done') return
          done = true
          done$.next()
        }),
        takeUntil(done$.pipe(switchMap(() => timer(graceMs)))),
        catchError((error: unknown) => (done ? EMPTY : throwError(() => error))),
      )
    })
