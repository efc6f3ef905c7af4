import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunOptions, SectionReport } from '../report/section-report.js'
import { runNode } from '../run-node.js'
import { buildPage } from '../ui/build-page.js'
import { uiContenders } from '../ui/ui-contenders.js'
import type { HappyDomCost, HappyDomTask } from './happy-dom-worker.js'
import { type HappyDomResults, reportHappyDom, sizes } from './report-happy-dom.js'

/** The state of a growing answer, in a process and a page without layout for each contender, round by round. */
export async function runHappyDom({ isQuick, only, rounds, log }: RunOptions): Promise<SectionReport> {
  const contenders = Object.keys(uiContenders).filter((name) =>
    only.length > 0
      ? only.includes(name) || name.startsWith('plain')
      : !isQuick || /plain|^(react|vue)$/.test(name),
  )
  const folder = await mkdtemp(join(tmpdir(), 'chatstream-bench-'))
  const results: HappyDomResults = { costs: {}, failures: {} }
  const count = rounds ?? (isQuick ? 2 : 5)
  try {
    for (const contender of contenders) {
      await writeFile(join(folder, `${contender}.mjs`), await buildPage(contender))
    }
    for (let round = 0; round < count; round++) {
      for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
        const protocol = uiContenders[contender]?.protocol ?? 'openai'
        // This one waits after every token: at 64k it would take minutes.
        const isSlow = contender.startsWith('tanstack')
        if (isSlow && round > 0) continue
        const task: HappyDomTask = {
          script: join(folder, `${contender}.mjs`),
          protocol,
          sizes: isSlow ? sizes.slice(0, 1) : sizes,
        }
        try {
          const output = await runNode(new URL('./happy-dom-worker.js', import.meta.url), task)
          results.costs[contender] ??= []
          results.costs[contender][round] = JSON.parse(output) as HappyDomCost[]
        } catch (error) {
          results.failures[contender] = String(error)
        }
        log(`happy-dom: round ${round + 1} of ${count}, ${contender} ${results.failures[contender] ?? ''}`)
      }
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  return reportHappyDom(results)
}
