/** When to publish. All optional; times are in milliseconds. */
export interface PaceOptions {
  /** The part of the time that publishing may take, from 0 to 1. Default: 0.12. */
  readonly share?: number
  /** The longest wait between two publishes of a visible page. Default: 100. */
  readonly maxWaitMs?: number
  /** The wait in a hidden tab. Default: 1000. */
  readonly hiddenWaitMs?: number
}

export interface Pacer {
  /** Something changed: publishes at once the first time, then as the pace allows. */
  readonly push: () => void
  /** Drops what is scheduled. Nothing is published after it. */
  readonly end: () => void
}

/** Without frames (Node, a worker) there is nothing to measure: about as often as a screen would show. */
const FRAMELESS_WAIT_MS = 16

/** A publish that is due this soon after a frame goes with it: neither frames nor timers are exact. */
const TOLERANCE_MS = 2

/**
 * Publishes at most once per animation frame, and less often as a publish gets dearer.
 *
 * What a publish costs is seen only after it: frameworks commit in a microtask, and the browser lays out and paints
 * after the frame callbacks. So a timer is set inside the frame callback; it fires when that frame's work is done, and
 * the time between is the cost.
 *
 * @param options `false` publishes every time.
 */
export function createPacer(publish: () => void, options: PaceOptions | false = {}): Pacer {
  if (options === false) return { push: publish, end: () => {} }
  const { share = 0.12, maxWaitMs = 100, hiddenWaitMs = 1000 } = options
  const page = 'requestAnimationFrame' in globalThis ? globalThis.document : undefined
  const now = (): number => performance.now()

  let dirty = false
  let publishedAt = -1 // not yet
  let cost = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let meter: typeof timer
  let frame = 0
  let ended = false

  const cancel = (): void => {
    clearTimeout(timer)
    clearTimeout(meter)
    if (page) cancelAnimationFrame(frame)
  }
  const run = (): void => {
    cancel()
    dirty = false
    publishedAt = now()
    publish()
  }
  const measure = (): void => {
    if (page?.hidden) return
    cost += (cost === 0 ? 1 : 0.3) * (now() - publishedAt - cost)
  }
  const runInFrame = (): void => {
    frame = requestAnimationFrame(() => {
      run()
      meter = setTimeout(measure)
    })
  }
  const schedule = (): void => {
    const since = now() - publishedAt
    if (!page || page.hidden) timer = setTimeout(run, (page ? hiddenWaitMs : FRAMELESS_WAIT_MS) - since)
    else {
      const left = Math.min(maxWaitMs, cost / share) - since - TOLERANCE_MS
      if (left > 0) timer = setTimeout(runInFrame, left)
      else runInFrame()
    }
  }
  const onVisibilityChange = (): void => {
    if (!dirty) return
    cancel()
    schedule()
  }

  page?.addEventListener('visibilitychange', onVisibilityChange)

  return {
    push() {
      if (ended) return
      // The first time at once; and timers of a hidden tab are throttled, but what arrives is not.
      if (publishedAt < 0 || (dirty && page?.hidden && now() - publishedAt >= hiddenWaitMs)) return run()
      if (dirty) return
      dirty = true
      schedule()
    },
    end() {
      ended = true
      cancel()
      page?.removeEventListener('visibilitychange', onVisibilityChange)
    },
  }
}
