// Runs the sections that are named, or all, and writes docs/performance/.

import { verdictTable } from './report/markdown-table.js'
import type { RunOptions, SectionReport } from './report/section-report.js'
import { writeReports } from './report/write-reports.js'

type Section = (options: RunOptions) => Promise<SectionReport>

const sections: Readonly<Record<string, () => Promise<Section>>> = {
  decode: async () => (await import('./decode/run-decode.js')).runDecode,
}

const [flags, words] = [
  process.argv.slice(2).filter((word) => word.startsWith('--')),
  process.argv.slice(2).filter((word) => !word.startsWith('--')),
]
const chosen = words.filter((word) => word in sections)
const rounds = flags.find((flag) => flag.startsWith('--rounds='))?.slice('--rounds='.length)
const isQuick = flags.includes('--quick')
const only = words.filter((word) => !(word in sections))
const options: RunOptions = {
  isQuick,
  only,
  ...(rounds !== undefined && { rounds: Number(rounds) }),
  log: (line) => console.error(line),
}

const reports: Record<string, SectionReport> = {}
for (const [name, load] of Object.entries(sections)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const report = await (await load())(options)
  reports[name] = report
  console.log(`\n## ${report.title}\n\n${report.markdown}\n\n${verdictTable(report.verdicts)}`)
}
// A part of it, or a quick look, is for the eye only.
if (!isQuick && only.length === 0) await writeReports(reports)
