/** What a timer takes at most, in milliseconds: 25 days. A longer one, `Infinity` too, would fire at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1

/** Takes the step once this time has passed; what comes back calls it off. */
export const after = (ms: number, step: () => void): (() => void) => {
  const timer = setTimeout(step, Math.min(ms, MAX_TIMER_MS))
  return () => clearTimeout(timer)
}
