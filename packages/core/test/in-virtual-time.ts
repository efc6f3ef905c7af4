import { asyncScheduler, type Subscription } from 'rxjs'
import { type RunHelpers, TestScheduler } from 'rxjs/testing'
import { expect, vi } from 'vitest'

/** Marbles, in virtual time, which starts at 0; one dash is one millisecond. The runtime's own timers keep to it, too. */
export const inVirtualTime = (test: (helpers: RunHelpers) => void): void =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run((helpers) => {
    const schedule = (step: () => void, ms: number): Subscription => asyncScheduler.schedule(step, ms)
    vi.stubGlobal('setTimeout', schedule)
    vi.stubGlobal('clearTimeout', (timer: Subscription | undefined) => timer?.unsubscribe())
    const now = vi.spyOn(Date, 'now').mockImplementation(() => asyncScheduler.now())
    try {
      test(helpers)
      helpers.flush()
    } finally {
      now.mockRestore()
      vi.unstubAllGlobals()
    }
  })
