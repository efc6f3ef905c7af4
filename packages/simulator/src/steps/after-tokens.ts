import type { Step, WriteStep } from './step.js'

/**
 * Lets the steps pass until `tokens` tokens of the answer were written, then hands the next write, and all that was to
 * come after it, to `take`. An answer with fewer tokens passes as it is.
 */
export function* afterTokens(
  steps: Iterable<Step>,
  tokens: number,
  take: (next: WriteStep, rest: Iterable<Step>) => Iterable<Step>,
): Generator<Step> {
  const iterator = steps[Symbol.iterator]()
  let written = 0
  for (let result = iterator.next(); !result.done; result = iterator.next()) {
    const step = result.value
    // A write that holds the whole answer is reached in its middle.
    if (step.do === 'write' && (written >= tokens || written + step.tokens > tokens)) {
      yield* take(step, { [Symbol.iterator]: () => iterator })
      return
    }
    if (step.do === 'write') written += step.tokens
    yield step
  }
}
