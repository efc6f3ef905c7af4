import type { Subscription } from 'rxjs'
import { after } from '../after.js'
import type { Demand } from '../http/demand.js'

export interface Alarm {
  /** Starts it, or starts it over: from now, or from an earlier moment, in milliseconds since the epoch. */
  readonly start: (at?: number) => void
  readonly stop: () => void
}

/**
 * Rings once, `ms` after it was last started; never, if that is `Infinity`. Made to be started over with every token:
 * that only notes the time, and the timer looks at it when it fires. It stops with its owner. While the reader wants no
 * more, nobody is late: then it waits once more.
 */
export function createAlarm(ms: number, owner: Subscription, ring: () => void, demand?: Demand): Alarm {
  let since = 0
  let callOff: (() => void) | undefined
  const look = (): void => {
    let left = since + ms - Date.now()
    if (left <= 0 && demand?.()) left = ms
    callOff = left > 0 ? after(left, look) : undefined
    if (left <= 0) ring()
  }
  const stop = (): void => {
    callOff?.()
    callOff = undefined
  }
  owner.add(stop)
  return {
    start(at = Date.now()) {
      since = at
      callOff ??= after(ms, look)
    },
    stop,
  }
}
