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
    // All of virtual time goes by before the first promise is kept.
    // biome-ignore lint/suspicious/noThenProperty: it is to be taken for a promise
    const atOnce = { then: (step: () => void) => step() } as unknown as Promise<void>
    const resolve = vi.spyOn(Promise, 'resolve').mockReturnValue(atOnce)
    try {
      test(helpers)
      helpers.flush()
    } finally {
      now.mockRestore()
      resolve.mockRestore()
      vi.unstubAllGlobals()
    }
  })
