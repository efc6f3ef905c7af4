import type { Completion } from '../steps/completion.js'
import type { Step } from '../steps/step.js'
import type { FaultCall } from './parse-faults.js'

/** A way in which an answer can go wrong. */
export interface Fault {
  /** What it does, in one sentence, for the list of faults. */
  readonly summary: string
  /** The parameters it understands, beside `times` and `key`, which all faults understand. */
  readonly parameters: readonly string[]
  /**
   * Sets the fault's parameters.
   *
   * @throws ApiError with status 400 for a parameter that does not exist or has a wrong value.
   */
  configure(call: FaultCall): Rewrite
}

/** Changes the steps of an answer: some pass, some are changed, some are left out, some are new. */
type Rewrite = (steps: Iterable<Step>, context: FaultContext) => Iterable<Step>

/** What a fault may know of the request. */
export interface FaultContext {
  readonly completion: Completion
  readonly apiKey: string
  /** What this fault noted at earlier requests; its own for each server, spelling of the fault, and `key`. */
  readonly memory: Map<string, string>
}
