import { errorObject } from '../http/api-error.js'
import { afterTokens } from '../steps/after-tokens.js'
import type { Step } from '../steps/step.js'
import { completionBody } from '../steps/whole-completion.js'
import { textStep } from '../steps/write-step.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** Faults that put something else where an event stream, or an event, should be; the HTTP status is 200. */
export const bodyFaults: Readonly<Record<string, Fault>> = {
  html: defineFault('Answers with an HTML page.', {}, () => bodyOf('text/html; charset=utf-8', page)),
  'json-error': defineFault(
    'Answers with an error in JSON.',
    { code: parameter.count(429), message: parameter.text('') },
    (_, { code, message }) => {
      const error = errorObject(code, message === '' ? undefined : message)
      return bodyOf('application/json; charset=utf-8', JSON.stringify({ error }))
    },
  ),
  'json-completion': defineFault(
    'Answers with the whole completion in JSON, as if no stream had been asked for.',
    {},
    (_, __, { completion }) =>
      bodyOf('application/json; charset=utf-8', JSON.stringify(completionBody(completion))),
  ),
  'empty-body': defineFault('Answers with headers and no body.', {}, function* (steps) {
    for (const step of steps) if (step.do === 'headers') yield step
  }),
  'broken-json': defineFault(
    'Breaks the JSON of the event that follows `after` tokens; the rest is sound.',
    { after: parameter.count(3) },
    (steps, { after }) =>
      afterTokens(steps, after, function* (next, rest) {
        yield { ...next, data: next.data.toString().replace(/\}(\s*)$/, '$1') }
        yield* rest
      }),
  ),
  'two-objects': defineFault(
    'Puts the two events that follow `after` tokens into one, their objects side by side.',
    { after: parameter.count(3) },
    (steps, { after }) =>
      afterTokens(steps, after, function* (first, rest) {
        yield* afterTokens(rest, 0, function* (second, others) {
          yield {
            ...second,
            data: first.data.toString().trimEnd() + second.data.toString().replace('data: ', ''),
          }
          yield* others
        })
      }),
  ),
}

function* bodyOf(contentType: string, body: string): Generator<Step> {
  yield { do: 'headers', status: 200, headers: { 'content-type': contentType } }
  yield textStep(body)
}

const page = `<!doctype html>
<html lang="en">
  <head><title>502 Bad Gateway</title></head>
  <body><h1>502 Bad Gateway</h1><p>This page stands where an event stream was expected.</p></body>
</html>
`
