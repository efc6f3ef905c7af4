import { afterTokens } from '../steps/after-tokens.js'
import { halfOf } from '../steps/half-of.js'
import type { Step, WriteStep } from '../steps/step.js'
import { chunkStep } from '../steps/write-step.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** Faults in the way in which an answer ends. */
export const endingFaults: Readonly<Record<string, Fault>> = {
  reset: defineFault(
    'Resets the connection in the middle of the event that follows `after` tokens.',
    { after: parameter.count(3) },
    (steps, { after }) =>
      afterTokens(steps, after, function* (next) {
        yield halfOf(next)
        yield { do: 'reset' }
      }),
  ),
  'early-end': defineFault(
    'Ends the body cleanly after `after` tokens: no finish reason, no `[DONE]`.',
    { after: parameter.count(3) },
    (steps, { after }) => afterTokens(steps, after, () => []),
  ),
  'mid-event-end': defineFault(
    'Ends the body cleanly in the middle of the event that follows `after` tokens.',
    { after: parameter.count(3) },
    (steps, { after }) => afterTokens(steps, after, (next) => [halfOf(next)]),
  ),
  'no-done': defineFault('Leaves out `[DONE]`.', {}, (steps) => without(steps, 'done')),
  'no-finish-reason': defineFault('Leaves every finish reason null.', {}, function* (steps) {
    for (const step of steps) {
      if (step.do !== 'write' || step.chunk === undefined) yield step
      else {
        const choices = step.chunk.choices.map((choice) => ({ ...choice, finish_reason: null }))
        yield chunkStep({ ...step.chunk, choices }, step.tokens)
      }
    }
  }),
  'open-end': defineFault(
    'Leaves the body open after `[DONE]`, for ever; with `cost`, after the cost.',
    { cost: parameter.flag() },
    function* (steps, { cost }) {
      yield* cost ? steps : without(steps, 'cost')
      yield { do: 'wait', ms: Number.POSITIVE_INFINITY } satisfies Step
    },
  ),
  'no-cost': defineFault('Leaves out the cost.', {}, (steps) => without(steps, 'cost')),
  'late-cost': defineFault(
    'Sends the cost `ms` after `[DONE]`.',
    { ms: parameter.ms(300) },
    function* (steps, { ms }) {
      for (const step of steps) {
        if (isPart(step, 'cost')) yield { do: 'wait', ms } satisfies Step
        yield step
      }
    },
  ),
  'cost-without-newline': defineFault(
    'Ends the body after the last brace of the cost, without a newline.',
    {},
    function* (steps) {
      for (const step of steps) yield isPart(step, 'cost') ? { ...step, data: textOf(step).trimEnd() } : step
    },
  ),
  'unfinished-event': defineFault(
    'Ends the body after `[DONE]`, or after the chunk with the `finish` reason, without its blank line.',
    { at: parameter.oneOf(['done', 'finish'], 'done') },
    function* (steps, { at }) {
      for (const step of steps) {
        const isLast = at === 'done' ? isPart(step, 'done') : hasFinishReason(step)
        if (step.do === 'write' && isLast) {
          yield { ...step, data: textOf(step).replace(/\n$/, '') }
          return
        }
        yield step
      }
    },
  ),
}

function* without(steps: Iterable<Step>, part: WriteStep['part']): Generator<Step> {
  for (const step of steps) {
    if (!isPart(step, part)) yield step
  }
}

function isPart(step: Step, part: WriteStep['part']): step is WriteStep {
  return step.do === 'write' && step.part === part
}

function hasFinishReason(step: Step): boolean {
  return step.do === 'write' && step.chunk?.choices.some((choice) => choice.finish_reason !== null) === true
}

function textOf({ data }: WriteStep): string {
  return typeof data === 'string' ? data : Buffer.from(data).toString()
}
