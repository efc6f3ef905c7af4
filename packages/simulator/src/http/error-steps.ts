import type { Step } from '../steps/step.js'
import { textStep } from '../steps/write-step.js'
import { type ApiError, errorObject } from './api-error.js'

/** Makes the steps of an HTTP error. */
export function* errorSteps({ status, message, headers }: ApiError): Generator<Step> {
  yield { do: 'headers', status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers } }
  yield textStep(JSON.stringify({ error: errorObject(status, message) }))
}
