import type { RunOptions, SectionReport } from '../report/section-report.js'
import { runNode } from '../run-node.js'
import { decodeCases, growthBodies } from './decode-cases.js'
import { decodeContenders, PARSE_ALONE } from './decode-contenders.js'
import type { DecodeTask } from './decode-worker.js'
import type { BodySpec } from './make-body.js'
import { type DecodeResults, reportDecode } from './report-decode.js'
import type { DecodeCost } from './run-for.js'

/**
 * Every contender reads every body, in a process of its own, round by round, each round in the reverse order of the last:
 * what else the machine does, it does to all.
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
  const plan: (readonly [name: string, bodies: readonly BodySpec[]])[] = cases.map(([name, { body }]) => [
    name,
    [body],
  ])
  if (!isQuick && chosenCases.length === 0) plan.push(['growth', growthBodies])

  const results: DecodeResults = { costs: {}, failures: {} }
  const count = rounds ?? 3
  for (let round = 0; round < count; round++) {
    for (const [name, bodies] of plan) {
      // Growth is a matter of shape: two rounds show it.
      if (name === 'growth' && round > 1) continue
      const due = name.startsWith('16k') ? [PARSE_ALONE, ...contenders] : contenders
      for (const contender of round % 2 === 0 ? due : due.toReversed()) {
        if (results.failures[contender] !== undefined) continue
        try {
          const task: DecodeTask = { contender, bodies }
          const output = await runNode(new URL('./decode-worker.js', import.meta.url), task)
          const costs = JSON.parse(output) as DecodeCost[]
          results.costs[name] ??= {}
          results.costs[name][contender] ??= []
          results.costs[name][contender][round] = costs
        } catch (error) {
          results.failures[contender] = String(error)
          log(`${contender} failed: ${error}`)
        }
      }
      log(`decode: round ${round + 1} of ${count}, ${name}`)
    }
  }
  return reportDecode(results)
}
