import { asyncScheduler, type Subscription } from 'rxjs'
import type { Demand } from '../http/demand.js'
import { MAX_TIMER_MS } from '../max-timer-ms.js'

export interface Alarm {
  /** Starts it, or starts it over. */
  readonly start: () => void
  readonly stop: () => void
}

/**
 * Rings once, `ms` after it was last started; never, if that is `Infinity`. Made to be started over with every token:
 * that only notes the time, and the timer looks at it when it fires. It stops with its owner. While the reader wants no
 * more, nobody is late: then it waits once more.
 */
export function createAlarm(ms: number, owner: Subscription, ring: () => void, demand?: Demand): Alarm {
  let since = 0
  let timer: Subscription | undefined
  const set = (): void => {
    let left = since + ms - asyncScheduler.now()
    if (left <= 0 && demand?.()) left = ms
    timer = left > 0 ? asyncScheduler.schedule(set, Math.min(left, MAX_TIMER_MS)) : undefined
    if (left <= 0) ring()
  }
  const stop = (): void => {
    timer?.unsubscribe()
    timer = undefined
  }
  owner.add(stop)
  return {
    start() {
      since = asyncScheduler.now()
      if (timer === undefined && ms < Number.POSITIVE_INFINITY) set()
    },
    stop,
  }
}
