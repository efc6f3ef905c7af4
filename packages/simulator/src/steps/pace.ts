import type { Random } from '../model/random.js'
import type { Step } from './step.js'

/** How fast tokens come. */
export interface Speed {
  /** `Infinity` for no waiting at all. */
  readonly tokensPerSecond: number
  /** Milliseconds from the headers to the first token. */
  readonly firstTokenMs: number
  /** How much the gap between two tokens varies: 0 not at all, 1 from nothing to twice the mean. */
  readonly jitter: number
}

/** Puts waits between the tokens of an answer. */
export function* pace(steps: Iterable<Step>, speed: Speed, random: Random): Generator<Step> {
  const meanGapMs = 1000 / speed.tokensPerSecond
  let due = Number.NaN
  for (const step of steps) {
    if (step.do === 'write' && step.tokens > 0) {
      const now = performance.now()
      const gapMs = step.tokens * meanGapMs * (1 + speed.jitter * (2 * random.next() - 1))
      if (Number.isNaN(due)) due = now + speed.firstTokenMs + (step.tokens - 1) * meanGapMs
      // Timers are coarse: counting from when a token was due, not from when it came, keeps the mean right. After a
      // long stall the lost time is not made up for, or the rest would come in one burst.
      else due = Math.max(due, now - 100) + gapMs
      if (due - now >= 1) yield { do: 'wait', ms: due - now }
    }
    yield step
  }
}
