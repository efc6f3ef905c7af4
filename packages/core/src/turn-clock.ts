/**
 * The time, in milliseconds, read once for all that happens in one go, as with the tokens of a chunk: reading the clock
 * may take a tenth of what a token takes in all.
 */
export const createTurnClock = (): (() => number) => {
  let now: number | undefined
  const forget = (): void => {
    now = undefined
  }
  return () => {
    const time = now ?? Date.now()
    if (now === undefined) {
      now = time
      // Cheaper than `queueMicrotask`, whose callback costs a browser as much as a token.
      void Promise.resolve().then(forget)
    }
    return time
  }
}
