import { ApiError } from '../http/api-error.js'
import type { Step } from '../steps/step.js'
import type { FaultContext } from './fault.js'
import { faultTable } from './fault-table.js'
import { type FaultCall, parseFaults } from './parse-faults.js'

/** A fault that is to be applied to the request at hand. */
interface ChosenFault {
  readonly name: string
  apply(steps: Iterable<Step>, context: Omit<FaultContext, 'memory'>): Iterable<Step>
}

/** Knows the faults of the whole server, and how often each fault was applied. */
export interface FaultDesk {
  /** Puts other faults in the place of those that apply to all requests. */
  setFaults(faults: string): void
  /** Chooses the faults of one request: the server's, then its own, without those that were applied often enough. */
  choose(requestFaults: readonly string[]): ChosenFault[]
}

/**
 * Creates the desk with the faults that apply to all requests.
 *
 * @throws ApiError with status 400 if a fault does not exist or is written wrong; so do its functions.
 */
export function createFaultDesk(faults: string): FaultDesk {
  const requestMemories = new Map<string, Map<string, string>>()
  let serverMemories = new Map<string, Map<string, string>>()
  let serverCalls: readonly FaultCall[] = []

  const setFaults = (text: string): void => {
    const calls = parseFaults(text)
    for (const call of calls) prepare(call, new Map())
    serverCalls = calls
    serverMemories = new Map()
  }
  setFaults(faults)

  return {
    setFaults,
    choose(requestFaults) {
      const own = requestFaults
        .flatMap(parseFaults)
        .map((call) => prepare(call, memoryOf(call, requestMemories)))
      const shared = serverCalls.map((call) => prepare(call, memoryOf(call, serverMemories)))
      return [...shared, ...own].filter((fault) => fault.isDue()).sort((a, b) => rank(a) - rank(b))
    },
  }
}

function rank({ name }: ChosenFault): number {
  return Object.keys(faultTable).indexOf(name)
}

function memoryOf(
  { name, parameters }: FaultCall,
  memories: Map<string, Map<string, string>>,
): Map<string, string> {
  const identity = JSON.stringify([name, Object.entries(parameters).sort()])
  const memory = memories.get(identity) ?? new Map<string, string>()
  memories.set(identity, memory)
  return memory
}

function prepare(call: FaultCall, memory: Map<string, string>): ChosenFault & { isDue(): boolean } {
  const { times = 'Infinity', key: _, ...parameters } = call.parameters
  const fault = Object.hasOwn(faultTable, call.name) ? faultTable[call.name] : undefined
  if (fault === undefined) {
    throw new ApiError(
      400,
      `No fault is named ${call.name}; there are: ${Object.keys(faultTable).join(', ')}`,
    )
  }
  if (!(Number(times) >= 0)) throw new ApiError(400, `fault ${call.name}: times must be a number`)
  const rewrite = fault.configure({ name: call.name, parameters })
  return {
    name: call.name,
    apply: (steps, context) => rewrite(steps, { ...context, memory }),
    isDue() {
      const applied = Number(memory.get('applied') ?? 0)
      memory.set('applied', String(applied + 1))
      return applied < Number(times)
    },
  }
}
