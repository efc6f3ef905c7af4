import type { RunOptions, SectionReport } from '../report/section-report.js'
import { startCrew } from '../take-turns.js'
import { decodeCases, growthBodies } from './decode-cases.js'
import { decodeContenders, PARSE_ALONE } from './decode-contenders.js'
import type { DecodeTask, DecodeTurn } from './decode-worker.js'
import type { BodySpec } from './make-body.js'
import { type DecodeResults, reportDecode } from './report-decode.js'
import type { DecodeCost } from './run-for.js'

/** Two seconds until the compiler has done, and one that counts. Nobody is idle for long: that would bring a collection. */
const TURNS = 20
/** Of answers that may be long, and take longer than a turn. */
const GROWTH_TURNS = 3

interface Planned {
  readonly name: string
  readonly bodies: readonly BodySpec[]
  /** How often each contender is to warm up, and as often to read what counts. */
  readonly turns: number
  /** At most. Growth is a matter of shape, which one round shows. */
  readonly rounds?: number
}

/**
 * Every contender reads every body, in a process of its own, round by round. In a round they take turns of a twentieth of a
 * second, every second time in the reverse order: what else the machine does, it does to all.
 */
export async function runDecode({ isQuick, only, rounds, log }: RunOptions): Promise<SectionReport> {
  const named = (names: readonly string[]): string[] => names.filter((name) => only.includes(name))
  const chosen = named(Object.keys(decodeContenders))
  const contenders = Object.keys(decodeContenders).filter((name) =>
    chosen.length > 0 ? name === 'f1' || chosen.includes(name) : !isQuick || decodeContenders[name]?.isQuick,
  )
  const chosenCases = named(Object.keys(decodeCases))
  const cases = Object.entries(decodeCases).filter(([name, { isQuick: alsoQuick }]) =>
    chosenCases.length > 0 ? chosenCases.includes(name) : !isQuick || alsoQuick,
  )
  const plan: Planned[] = cases.map(([name, { body }]) => ({ name, bodies: [body], turns: TURNS }))
  const growth: Planned = { name: 'growth', bodies: growthBodies, turns: GROWTH_TURNS, rounds: 1 }
  if (!isQuick && chosenCases.length === 0) plan.push(growth)

  const results: DecodeResults = { costs: {}, failures: {} }
  const fail = (contender: string, error: unknown): void => {
    results.failures[contender] = String(error)
    log(`${contender} failed: ${error}`)
  }
  const count = rounds ?? 2
  for (let round = 0; round < count; round++) {
    for (const { name, bodies, turns, rounds: most = count } of plan) {
      if (round >= most) continue
      const all = name.startsWith('16k') ? [PARSE_ALONE, ...contenders] : contenders
      const due = all.filter((contender) => results.failures[contender] === undefined)
      for (const body of bodies) {
        for (const [contender, cost] of await takeRound(due, body, turns, fail)) {
          results.costs[name] ??= {}
          results.costs[name][contender] ??= []
          results.costs[name][contender][round] = [...(results.costs[name][contender][round] ?? []), cost]
        }
      }
      log(`decode: round ${round + 1} of ${count}, ${name}`)
    }
  }
  return reportDecode(results)
}

/** One round with one body: what each contender took, but for those that failed. */
async function takeRound(
  contenders: readonly string[],
  body: BodySpec,
  count: number,
  fail: (contender: string, error: unknown) => void,
): Promise<Map<string, DecodeCost>> {
  const script = new URL('./decode-worker.js', import.meta.url)
  const taskOf = (contender: string): DecodeTask => ({ contender, body })
  const crew = await startCrew<DecodeCost>(contenders, script, taskOf, fail)
  let costs = new Map<string, DecodeCost>()
  const turns: readonly DecodeTurn[] = [...Array(count).fill('warm-up'), ...Array(count).fill('whole')]
  for (const turn of turns) costs = await crew.turn((tell) => tell(turn))
  crew.close()
  return costs
}
