import type { MonoTypeOperatorFunction } from 'rxjs'
import { after } from '../after.js'
import type { Demand } from '../http/demand.js'
import { operatorOf } from '../operator-of.js'
import type { Frame } from './parse-chunks.js'

/**
 * Bounds what comes after `[DONE]`. The answer is final there; the connection is read on for the cost, until the body
 * ends or `graceMs` have passed. Should it break meanwhile, the answer is whole all the same, only without a cost.
 */
export const drainAfterDone = (graceMs: number, demand?: Demand): MonoTypeOperatorFunction<Frame> =>
  operatorOf((subscriber) => {
    let done = false
    const wait = (): void => {
      subscriber.add(after(graceMs, end))
    }
    const end = (): void => {
      // The cost may be there, and nobody have looked, since the reader wants no more yet.
      const held = demand?.()
      if (held) void held.then(wait)
      else subscriber.complete()
    }
    return {
      next(frame) {
        subscriber.next(frame)
        if (frame.type !== 'done') return
        done = true
        wait()
      },
      error(error) {
        if (done) subscriber.complete()
        else subscriber.error(error)
      },
    }
  })
