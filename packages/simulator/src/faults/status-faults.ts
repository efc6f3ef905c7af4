import { ApiError } from '../http/api-error.js'
import { errorSteps } from '../http/error-steps.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** The ways in which a server says when to come again. */
const forms = ['seconds', 'date', 'ms', 'reset', 'none'] as const

/** Faults that answer with an HTTP error. */
export const statusFaults: Readonly<Record<string, Fault>> = {
  unauthorized: defineFault(
    'Rejects the first key it sees with 401, and lets any other key pass; with `always`, rejects all.',
    { always: parameter.flag() },
    (steps, { always }, { apiKey, memory }) => {
      const rejected = memory.get('rejected') ?? apiKey
      memory.set('rejected', rejected)
      return always || apiKey === rejected ? errorSteps(new ApiError(401)) : steps
    },
  ),
  'rate-limit': defineFault(
    'Answers 429; `form` is how it says when to come again, `after` in how many seconds.',
    {
      form: parameter.oneOf(forms, 'seconds'),
      after: parameter.count(1),
    },
    (_, { form, after }) => errorSteps(new ApiError(429, undefined, comeAgain(form, after))),
  ),
  status: defineFault(
    'Answers with the HTTP status `code` and an error in JSON.',
    { code: parameter.count(500, 400), message: parameter.text('') },
    (_, { code, message }) => errorSteps(new ApiError(code, message === '' ? undefined : message)),
  ),
}

function comeAgain(form: (typeof forms)[number], seconds: number): Record<string, string | undefined> {
  // A date has whole seconds only: rounding down would let the client come too early.
  const at = Math.ceil(Date.now() / 1000) + seconds
  const headers = {
    seconds: { 'retry-after': String(seconds) },
    date: { 'retry-after': new Date(at * 1000).toUTCString() },
    ms: { 'retry-after-ms': String(seconds * 1000) },
    reset: { 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(at) },
    none: {},
  }
  // No other header must say when, or a test of one form would pass by another.
  const unsaid = {
    'x-ratelimit-limit': undefined,
    'x-ratelimit-remaining': undefined,
    'x-ratelimit-reset': undefined,
  }
  return { ...unsaid, ...headers[form] }
}
