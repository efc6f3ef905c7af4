import * as v from 'valibot'
import { ApiError } from '../http/api-error.js'
import type { Step } from '../steps/step.js'
import type { Fault, FaultContext } from './fault.js'

type Output<Entries extends v.ObjectEntries> = { [Name in keyof Entries]: v.InferOutput<Entries[Name]> }

/**
 * Defines a fault by its summary, its parameters, and how it rewrites the steps of an answer.
 *
 * @example
 * ```ts
 * import { commentStep } from '../steps/write-step.js'
 * import { parameter } from './parameter.js'
 *
 * const shout = defineFault('Adds a comment after the headers.', { text: parameter.text('hey') }, function* (steps, { text }) {
 *   for (const step of steps) {
 *     yield step
 *     if (step.do === 'headers') yield commentStep(text)
 *   }
 * })
 * ```
 */
export function defineFault<const Entries extends v.ObjectEntries>(
  summary: string,
  entries: Entries,
  rewrite: (steps: Iterable<Step>, parameters: Output<Entries>, context: FaultContext) => Iterable<Step>,
): Fault {
  const names = Object.keys(entries)
  const schema = v.strictObject(entries)
  return {
    summary,
    parameters: names,
    configure({ name, parameters: given }) {
      const result = v.safeParse(schema, given)
      if (result.success) {
        const parameters = result.output as Output<Entries>
        return (steps, context) => rewrite(steps, parameters, context)
      }
      const [issue] = result.issues
      const path = v.getDotPath(issue) ?? ''
      if (names.includes(path)) throw new ApiError(400, `fault ${name}: ${path} ${issue.message}`)
      throw new ApiError(
        400,
        `fault ${name}: no parameter ${path}; there are: ${[...names, 'times', 'key'].join(', ')}`,
      )
    },
  }
}
