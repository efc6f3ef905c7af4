import { errorObject } from '../http/api-error.js'
import { afterTokens } from '../steps/after-tokens.js'
import type { Step, WriteStep } from '../steps/step.js'
import { eventStep, textStep } from '../steps/write-step.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** The places in which servers have been seen to put an error. */
const shapes = ['top', 'choice', 'event', 'string', 'field', 'finish-reason'] as const

/** An error inside a stream whose HTTP status is 200. */
export const errorFrameFaults: Readonly<Record<string, Fault>> = {
  'error-frame': defineFault(
    'Sends an error as an event after `after` tokens (0: as the first event), then ends the body, or as `ending` says.',
    {
      after: parameter.count(0),
      code: parameter.count(429),
      'code-type': parameter.oneOf(['number', 'string', 'null'], 'number'),
      message: parameter.text(''),
      shape: parameter.oneOf(shapes, 'top'),
      ending: parameter.oneOf(['end', 'done', 'open'], 'end'),
    },
    (steps, { after, code, 'code-type': codeType, message, shape, ending }) =>
      afterTokens(steps, after, function* () {
        const error = errorObject(code, message === '' ? undefined : message)
        const codes = { number: code, string: String(code), null: null }
        yield errorFrame(shape, { ...error, code: codes[codeType] })
        if (ending === 'done') yield { ...textStep('data: [DONE]\n\n', 'done'), events: 1 }
        if (ending === 'open') yield { do: 'wait', ms: Number.POSITIVE_INFINITY } satisfies Step
      }),
  ),
}

function errorFrame(
  shape: (typeof shapes)[number],
  error: { readonly message: string; readonly code: unknown },
): WriteStep {
  switch (shape) {
    case 'top':
      return eventStep({ error })
    case 'choice':
      return eventStep({ choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error', error }] })
    case 'event':
      return { ...eventStep({}), data: `event: error\ndata: ${JSON.stringify({ error })}\n\n` }
    case 'string':
      return eventStep({ error: error.message })
    case 'field':
      return { ...eventStep({}), data: `error: ${JSON.stringify(error)}\n\n` }
    case 'finish-reason':
      return eventStep({ choices: [{ index: 0, delta: {}, finish_reason: 'error' }] })
  }
}
