import type { RunOptions, SectionReport } from '../report/section-report.js'
import { buildPage } from '../ui/build-page.js'
import { type Measured, measurePage } from './measure-page.js'
import { openBrowser } from './open-browser.js'
import { reportChromium } from './report-chromium.js'
import { type MeasuredScene, planScenes } from './scenes.js'
import { serveAnswers } from './serve-answers.js'

/** Plays every scene in a page of its own, round by round, every second round backwards. */
export async function runChromium({ isQuick, only, rounds, log }: RunOptions): Promise<SectionReport> {
  const plan = planScenes(isQuick).filter(
    ({ group, contender }) => only.length === 0 || only.includes(group) || only.includes(contender),
  )
  const measured: MeasuredScene[] = []
  const failures: string[] = []
  const scripts = new Map<string, string>()
  const browser = await openBrowser()
  const server = await serveAnswers()
  try {
    for (let round = 0; round < Math.max(...plan.map((scene) => rounds ?? scene.rounds)); round++) {
      const due = plan.filter((scene) => round < (rounds ?? scene.rounds))
      for (const scene of round % 2 === 0 ? due : due.reverse()) {
        const { group, contender, kind } = scene
        try {
          const script = scripts.get(contender) ?? (await buildPage(contender))
          scripts.set(contender, script)
          const result: Measured = await measurePage(browser, server, script, scene)
          measured.push({ ...result, scene, round })
          log(`chromium: round ${round + 1}, ${group}, ${contender}, ${kind}: ${Math.round(result.cpu)} ms`)
          // The floor shows nothing.
          if (contender !== 'none')
            for (const copy of result.badCopies)
              failures.push(`${group}, ${contender}, ${kind}, copied: ${copy}`)
        } catch (error) {
          failures.push(`${group}, ${contender}, ${kind}: ${error}`)
          log(`chromium: ${failures.at(-1)}`)
        }
      }
    }
  } finally {
    await browser.close()
    server.close()
  }
  return reportChromium({ measured, failures, version: browser.version() })
}
