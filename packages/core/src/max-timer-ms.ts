/** What a timer takes at most, in milliseconds: 25 days. A longer one, `Infinity` too, would fire at once. */
export const MAX_TIMER_MS: number = 2 ** 31 - 1
