import type { Subscription } from 'rxjs'
import { after } from '../after.js'
import type { Demand } from '../http/demand.js'
import { createTurnClock } from '../turn-clock.js'

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
  const now = createTurnClock()
  let since = 0
  let callOff: (() => void) | undefined
  const set = (): void => {
    let left = since + ms - Date.now()
    if (left <= 0 && demand?.()) left = ms
    callOff = left > 0 ? after(left, set) : undefined
    if (left <= 0) ring()
  }
  const stop = (): void => {
    callOff?.()
    callOff = undefined
  }
  owner.add(stop)
  return {
    start() {
      since = now()
      if (callOff === undefined && ms < Number.POSITIVE_INFINITY) set()
    },
    stop,
  }
}
