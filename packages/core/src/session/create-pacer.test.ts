import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakePage } from '../../test/fake-page.js'
import { createPacer, type PaceOptions } from './create-pacer.js'

// Publishes in a browser cost time, which is what `performance.now` shows.
beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  vi.spyOn(performance, 'now').mockImplementation(() => Date.now())
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** Publishes, and notes when. */
const watch = (options?: PaceOptions | false) => {
  const times: number[] = []
  const pacer = createPacer(() => times.push(Date.now()), options)
  return { ...pacer, times }
}

/** Something arrives every millisecond. */
const pushFor = (ms: number, push: () => void): void => {
  for (let at = 0; at < ms; at++) {
    vi.advanceTimersByTime(1)
    push()
  }
}

describe('on a page', () => {
  /** The same, with a frame every 16 ms, of which each publish costs `costMs`. */
  const run = (ms: number, page: ReturnType<typeof createFakePage>, push: () => void, costMs = 0): void => {
    const end = Date.now() + ms
    let nextFrame = Date.now() + 16
    while (Date.now() < end) {
      vi.advanceTimersByTime(1)
      push()
      if (Date.now() < nextFrame) continue
      page.frame(page.isWaiting() ? costMs : 0)
      nextFrame = Math.max(nextFrame + 16, Date.now() + 1)
    }
  }

  it('publishes the first piece at once', () => {
    createFakePage()
    const { push, times } = watch()
    push()
    expect(times).toEqual([0])
  })

  it('publishes once a frame after that, however much comes', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    run(160, page, push)
    expect(times).toEqual([0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160])
  })

  it('asks for no frame when nothing comes', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    expect(page.isWaiting()).toBe(false)
    push()
    page.frame()
    expect(page.isWaiting()).toBe(false)
    expect(times.length).toBe(2)
  })

  it('publishes less often as a publish gets dearer: within the share of the time', () => {
    const page = createFakePage()
    const { push, times } = watch({ share: 0.12, maxWaitMs: 1000 })
    push()
    run(1000, page, push, 6) // 6 ms in 50 is 12 percent
    const late = times.slice(3)
    const gaps = late.map((time, at) => time - (late[at - 1] ?? time)).slice(1)
    for (const gap of gaps) {
      expect(gap).toBeGreaterThanOrEqual(48) // a frame may be 2 ms early
      expect(gap).toBeLessThanOrEqual(70)
    }
  })

  it.each([
    { costMs: 1, gapMs: 16 },
    { costMs: 2, gapMs: 32 },
    { costMs: 4, gapMs: 48 },
  ])('leaves frames out rather than take more than a tenth: $costMs ms in $gapMs', ({ costMs, gapMs }) => {
    const page = createFakePage()
    const { push, times } = watch({ share: 0.1 })
    push()
    run(1000, page, push, costMs)
    const [last = 0, before = 0] = times.toReversed()
    expect(last - before).toBe(gapMs)
  })

  it('never waits longer than the limit', () => {
    const page = createFakePage()
    const { push, times } = watch({ maxWaitMs: 100 })
    push()
    run(3000, page, push, 40)
    const late = times.slice(3)
    const gaps = late.map((time, at) => time - (late[at - 1] ?? time)).slice(1)
    expect(Math.max(...gaps)).toBeLessThanOrEqual(100 + 16 + 40)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(92)
  })

  it('gets faster again when a publish gets cheaper', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    run(1000, page, push, 12)
    run(2000, page, push, 0)
    expect(
      times
        .slice(-3)
        .map((time, at, all) => time - (all[at - 1] ?? time))
        .slice(1),
    ).toEqual([16, 16])
  })

  it('publishes once a second in a hidden tab, which has no frames', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    page.setHidden(true)
    pushFor(3500, push)
    expect(times.length).toBeGreaterThanOrEqual(4)
    const gaps = times.map((time, at) => time - (times[at - 1] ?? time)).slice(1)
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(1000)
  })

  it('does not depend on the timers of a hidden tab: what arrives will do', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    page.setHidden(true)
    push()
    vi.setSystemTime(5000) // the timer is throttled
    push()
    expect(times).toEqual([0, 5000])
  })

  it('publishes in the next frame when the tab is shown again', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    page.setHidden(true)
    vi.advanceTimersByTime(100)
    push()
    page.setHidden(false)
    page.frame()
    expect(times).toEqual([0, 100])
  })

  it('goes on by itself when the tab is hidden with something to publish', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    push()
    page.setHidden(true)
    expect(page.isWaiting()).toBe(false)
    vi.advanceTimersByTime(1000)
    expect(times).toEqual([0, 1000])
  })

  it('does not take the sleep of a hidden tab for the cost of a publish', () => {
    const page = createFakePage()
    const { push, times } = watch()
    push()
    push()
    page.frame()
    page.setHidden(true)
    pushFor(3000, push)
    page.setHidden(false)
    times.length = 0
    run(64, page, push)
    expect(times.length).toBe(4)
  })

  it('publishes nothing after its end, and leaves nothing behind', () => {
    const page = createFakePage()
    const { push, end, times } = watch()
    push()
    push()
    end()
    page.frame()
    vi.advanceTimersByTime(5000)
    push()
    vi.advanceTimersByTime(5000)
    page.frame()
    expect(times).toEqual([0])
    expect(page.left()).toBe(0)
  })

  it('lets what it publishes end it', () => {
    const page = createFakePage()
    let published = 0
    const pacer = createPacer(() => {
      published++
      pacer.end()
    })
    pacer.push()
    pacer.push()
    expect(published).toBe(1)
    expect(page.left()).toBe(0)
  })
})

describe('without frames', () => {
  it('publishes the first piece at once, then every 16 ms', () => {
    const { push, times } = watch()
    push()
    pushFor(64, push)
    expect(times).toEqual([0, 16, 32, 48, 64])
  })

  it('sets no timer when nothing comes, and leaves none behind', () => {
    const { push, end, times } = watch()
    push()
    expect(vi.getTimerCount()).toBe(0)
    push()
    expect(vi.getTimerCount()).toBe(1)
    end()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(100)
    expect(times).toEqual([0])
  })

  it('publishes what came late in time', () => {
    const { push, times } = watch()
    push()
    vi.advanceTimersByTime(10)
    push()
    vi.advanceTimersByTime(100)
    expect(times).toEqual([0, 16])
  })
})

it('publishes every piece if there is no pace', () => {
  const { push, times } = watch(false)
  for (let times = 0; times < 3; times++) push()
  expect(times).toEqual([0, 0, 0])
})
