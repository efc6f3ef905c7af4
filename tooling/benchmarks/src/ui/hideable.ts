/** A page that can be put into the background and fetched back. */
export interface Hideable {
  readonly hide: () => void
  readonly show: () => void
}

/**
 * Does to a page what a browser does in the background: no frames, and timers once a second. Browsers without a window
 * cannot hide a tab. To be called before anything takes `requestAnimationFrame` or `setTimeout` from the page.
 */
export function makeHideable(): Hideable {
  const { requestAnimationFrame: request, setTimeout: set } = window
  const held: FrameRequestCallback[] = []
  let isHidden = false
  Object.defineProperty(document, 'visibilityState', { get: () => (isHidden ? 'hidden' : 'visible') })
  Object.defineProperty(document, 'hidden', { get: () => isHidden })
  window.requestAnimationFrame = (callback) => (isHidden ? -held.push(callback) : request(callback))
  const throttled = (callback: TimerHandler, ms = 0, ...rest: unknown[]): number => {
    const nextSecond = 1000 - (performance.now() % 1000)
    return set(callback, isHidden ? Math.max(ms, nextSecond) : ms, ...rest)
  }
  window.setTimeout = throttled as typeof setTimeout
  const change = (toHidden: boolean): void => {
    isHidden = toHidden
    if (!isHidden) for (const callback of held.splice(0)) request(callback)
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return { hide: () => change(true), show: () => change(false) }
}
