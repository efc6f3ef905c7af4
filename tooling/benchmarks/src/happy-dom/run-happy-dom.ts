import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunOptions, SectionReport } from '../report/section-report.js'
import { buildPage } from '../ui/build-page.js'
import { uiContenders } from '../ui/ui-contenders.js'
import { startWorker, type Worker } from '../worker.js'
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
  const folder = await mkdtemp(join(tmpdir(), 'chatstream-bench-'))
  const results: HappyDomResults = { costs: {}, failures: {} }
  const count = rounds ?? (isQuick ? 1 : 3)
  try {
    for (const contender of contenders) {
      await writeFile(join(folder, `${contender}.mjs`), await buildPage(contender))
    }
    for (let round = 0; round < count; round++) {
      const isPeer = (contender: string): boolean => uiContenders[contender]?.protocol !== 'openai'
      // The others by themselves: nobody is to be idle for long, which would bring a collection.
      await playRound(
        contenders.filter((name) => !isPeer(name)),
        round,
        folder,
        results,
      )
      await playRound(
        contenders.filter((name) => isPeer(name) && (round === 0 || !isSlow(name))),
        round,
        folder,
        results,
      )
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
  const workers = new Map<string, Worker<HappyDomCost>>()
  const attempt = async (contender: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      workers.delete(contender)
      failures[contender] = String(error)
    }
  }
  for (const contender of contenders) {
    await attempt(contender, async () => {
      const protocol = uiContenders[contender]?.protocol ?? 'openai'
      const task: HappyDomTask = { script: join(folder, `${contender}.mjs`), protocol }
      workers.set(contender, await startWorker(new URL('./happy-dom-worker.js', import.meta.url), task))
    })
  }
  const takeTurns = async (times: number, size: number): Promise<Map<string, HappyDomCost[]>> => {
    const taken = new Map<string, HappyDomCost[]>()
    for (let turn = 0; turn < times; turn++) {
      const due = [...workers].filter(([contender]) => !isSlow(contender) || size === sizes[0])
      for (const [contender, worker] of turn % 2 === 0 ? due : due.toReversed()) {
        await attempt(contender, async () => {
          taken.set(contender, [...(taken.get(contender) ?? []), await worker.turn(size)])
        })
      }
    }
    return taken
  }
  await takeTurns(WARM_UP.turns, WARM_UP.tokens)
  for (const size of sizes) {
    const taken = await takeTurns(TURNS, size)
    for (const [contender, all] of taken) {
      costs[contender] ??= []
      costs[contender][round] = [...(costs[contender][round] ?? []), meanOf(all)]
    }
  }
  for (const worker of workers.values()) worker.close()
}

function meanOf(all: readonly HappyDomCost[]): HappyDomCost {
  const mean = (field: keyof HappyDomCost): number =>
    all.reduce((sum, cost) => sum + cost[field], 0) / all.length
  return { cpu: mean('cpu'), wall: mean('wall'), commits: mean('commits') }
}
