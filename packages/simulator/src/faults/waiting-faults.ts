import { afterTokens } from '../steps/after-tokens.js'
import type { Step } from '../steps/step.js'
import { commentStep } from '../steps/write-step.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** Faults that let the client wait. */
export const waitingFaults: Readonly<Record<string, Fault>> = {
  stall: defineFault(
    'Falls silent for `ms` after `after` tokens (0: after the headers), or `before-headers`; with `keep-alive`, a comment comes every so many milliseconds.',
    {
      after: parameter.count(0),
      'before-headers': parameter.flag(),
      ms: parameter.ms(Number.POSITIVE_INFINITY),
      'keep-alive': parameter.ms(Number.POSITIVE_INFINITY, 1),
      comment: parameter.text('keep-alive'),
    },
    function* (steps, { after, 'before-headers': beforeHeaders, ms, 'keep-alive': everyMs, comment }) {
      if (beforeHeaders) {
        yield { do: 'wait', ms } satisfies Step
        yield* steps
        return
      }
      yield* afterTokens(steps, after, function* (next, rest) {
        yield* silence(ms, everyMs, comment)
        yield next
        yield* rest
      })
    },
  ),
}

function* silence(ms: number, everyMs: number, comment: string): Generator<Step> {
  for (let left = ms; left > 0; left -= everyMs) {
    yield { do: 'wait', ms: Math.min(left, everyMs) }
    if (left > everyMs) yield commentStep(comment)
  }
}
