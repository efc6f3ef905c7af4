import { asyncScheduler, type MonoTypeOperatorFunction } from 'rxjs'
import { MAX_TIMER_MS } from '../max-timer-ms.js'
import { operatorOf } from '../operator-of.js'
import type { Frame } from './parse-chunks.js'

/**
 * Bounds what comes after `[DONE]`. The answer is final there; the connection is read on for the cost, until the body
 * ends or `graceMs` have passed. Should it break meanwhile, the answer is whole all the same, only without a cost.
 */
export const drainAfterDone = (graceMs: number): MonoTypeOperatorFunction<Frame> =>
  operatorOf((subscriber) => {
    let done = false
    return {
      next(frame) {
        subscriber.next(frame)
        if (frame.type !== 'done') return
        done = true
        subscriber.add(asyncScheduler.schedule(() => subscriber.complete(), Math.min(graceMs, MAX_TIMER_MS)))
      },
      error(error) {
        if (done) subscriber.complete()
        else subscriber.error(error)
      },
    }
  })
