// Runs the sections that are named, or all, and writes docs/performance/.
import { parseArgs } from 'node:util'
import { verdictTable } from './report/markdown-table.js'
import type { RunOptions, SectionReport } from './report/section-report.js'
import { writeReport } from './report/write-report.js'

type Section = (options: RunOptions) => Promise<SectionReport>

const sections: Readonly<Record<string, () => Promise<Section>>> = {
  decode: async () => (await import('./decode/run-decode.js')).runDecode,
  'happy-dom': async () => (await import('./happy-dom/run-happy-dom.js')).runHappyDom,
  chromium: async () => (await import('./chromium/run-chromium.js')).runChromium,
  size: async () => (await import('./size/run-size.js')).runSize,
  bridge: async () => (await import('./bridge/run-bridge.js')).runBridge,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string' } },
})
const chosen = positionals.filter((word) => word in sections)
const options: RunOptions = {
  isQuick: values.quick,
  only: positionals.filter((word) => !(word in sections)),
  ...(values.rounds !== undefined && { rounds: Number(values.rounds) }),
  log: (line) => console.error(line),
}

// A part of it, or a quick look, is for the eye only.
const isWhole = !options.isQuick && options.only.length === 0 && options.rounds === undefined
for (const [name, load] of Object.entries(sections)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const report = await (await load())(options)
  console.log(`\n## ${report.title}\n\n${report.markdown}\n\n${verdictTable(report.verdicts)}`)
  // What has been measured stays, whatever becomes of the next section.
  if (isWhole) await writeReport(name, report)
}
