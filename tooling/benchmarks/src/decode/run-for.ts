/** What an event takes, in nanoseconds. */
export interface DecodeCost {
  readonly cpu: number
  readonly wall: number
}

/** Runs a step again and again, for so many milliseconds and so many times at least; tells how often. */
export async function runFor(ms: number, times: number, step: () => unknown): Promise<number> {
  const start = performance.now()
  let passes = 0
  while (passes < times || performance.now() - start < ms) {
    await step()
    passes++
  }
  return passes
}
