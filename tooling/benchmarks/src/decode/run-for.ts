/** What an event takes, in nanoseconds. */
export interface DecodeCost {
  readonly cpu: number
  readonly wall: number
}

/** Runs a step of so many events again and again, for so many milliseconds and so many times at least. */
export async function runFor(
  ms: number,
  times: number,
  events: number,
  step: () => unknown,
): Promise<DecodeCost> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  let passes = 0
  while (passes < times || performance.now() - start < ms) {
    await step()
    passes++
  }
  const wall = (performance.now() - start) * 1e6
  const { user, system } = process.cpuUsage(cpu)
  const all = events * passes
  return { cpu: ((user + system) * 1000) / all, wall: wall / all }
}
