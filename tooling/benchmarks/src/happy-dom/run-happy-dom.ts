import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunOptions, SectionReport } from '../report/section-report.js'
import { startCrew } from '../take-turns.js'
import { buildPage } from '../ui/build-page.js'
import { uiContenders } from '../ui/ui-contenders.js'
import type { HappyDomCost, HappyDomTask } from './happy-dom-worker.js'
import { type HappyDomResults, reportHappyDom, sizes } from './report-happy-dom.js'

/** How often each reads an answer of each size in a round. */
const TURNS = 3
/** Answers before that, so that growth is not hidden by what is compiled on the way. */
const WARM_UP = { turns: 8, tokens: 2_000 }

/**
 * The state of a growing answer, in a process and a page without layout for each contender, round by round. In a round they
 * take turns: what else the machine does, it does to all.
 */
export async function runHappyDom({ isQuick, only, rounds, log }: RunOptions): Promise<SectionReport> {
  const contenders = Object.keys(uiContenders).filter((name) =>
    only.length > 0
      ? only.includes(name) || name.startsWith('plain')
      : !isQuick || /plain|^(react|vue)$/.test(name),
  )
  const isPeer = (name: string): boolean => uiContenders[name]?.protocol !== 'openai'
  // The others by themselves: nobody is to be idle for long, which would bring a collection.
  const crews = [contenders.filter((name) => !isPeer(name)), contenders.filter(isPeer)]
  const folder = await mkdtemp(join(tmpdir(), 'chatstream-bench-'))
  const results: HappyDomResults = { costs: {}, failures: {} }
  const count = rounds ?? (isQuick ? 1 : 3)
  try {
    for (const contender of contenders) {
      await writeFile(join(folder, `${contender}.mjs`), await buildPage(contender))
    }
    for (let round = 0; round < count; round++) {
      for (const crew of crews) {
        await playRound(
          crew.filter((name) => round === 0 || !isSlow(name)),
          round,
          folder,
          results,
        )
      }
      log(`happy-dom: round ${round + 1} of ${count} ${Object.values(results.failures).join(' ')}`)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  return reportHappyDom(results)
}

/** Waits after every token: at 64k it would take minutes. */
const isSlow = (contender: string): boolean => contender.startsWith('tanstack')

/** Notes what each contender takes for each size: the mean of its turns. */
async function playRound(
  contenders: readonly string[],
  round: number,
  folder: string,
  { costs, failures }: HappyDomResults,
): Promise<void> {
  const script = new URL('./happy-dom-worker.js', import.meta.url)
  const taskOf = (contender: string): HappyDomTask => ({
    script: join(folder, `${contender}.mjs`),
    protocol: uiContenders[contender]?.protocol ?? 'openai',
  })
  const crew = await startCrew<HappyDomCost>(contenders, script, taskOf, (contender, error) => {
    failures[contender] = String(error)
  })
  const play = async (turns: number, size: number): Promise<Map<string, HappyDomCost[]>> => {
    const taken = new Map<string, HappyDomCost[]>()
    for (let turn = 0; turn < turns; turn++) {
      const costs = await crew.turn(
        (tell) => tell(size),
        (contender) => !isSlow(contender) || size === sizes[0],
      )
      for (const [contender, cost] of costs) taken.set(contender, [...(taken.get(contender) ?? []), cost])
    }
    return taken
  }
  await play(WARM_UP.turns, WARM_UP.tokens)
  for (const size of sizes) {
    for (const [contender, all] of await play(TURNS, size)) {
      costs[contender] ??= []
      costs[contender][round] = [...(costs[contender][round] ?? []), meanOf(all)]
    }
  }
  crew.close()
}

function meanOf(all: readonly HappyDomCost[]): HappyDomCost {
  const mean = (field: keyof HappyDomCost): number =>
    all.reduce((sum, cost) => sum + cost[field], 0) / all.length
  return { cpu: mean('cpu'), wall: mean('wall'), commits: mean('commits') }
}
