import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { verdictTable } from './markdown-table.js'
import type { SectionReport, Verdict } from './section-report.js'

const folder = new URL('../../../../docs/performance/', import.meta.url)

interface Kept {
  readonly title: string
  readonly machine: string
  readonly versions: string
  readonly verdicts: readonly Verdict[]
}

/** Writes a page for a section, its charts, and what was measured; and its verdicts into `docs/performance.md`. */
export async function writeReport(
  name: string,
  { title, verdicts, markdown, charts, data }: SectionReport,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const write = (file: string, text: string): Promise<void> => writeFile(new URL(file, folder), text)
  const versions = await peerVersions()
  const [processor] = cpus()
  const machine = `Node ${process.version.slice(1)}, ${cpus().length} x ${processor?.model.trim()}, ${process.platform}.`
  const pictures = Object.keys(charts).map((file) => `![${title}](${file})`)
  const page = [`# ${title}`, machine, versions, verdictTable(verdicts), ...pictures, markdown].join('\n\n')
  await write(`${name}.md`, `${page}\n`)
  const kept: Kept & { data: unknown } = { title, machine, versions, verdicts, data }
  // What could not be measured is null in JSON.
  await write(`${name}.json`, `${JSON.stringify(kept)}\n`)
  for (const [file, svg] of Object.entries(charts)) await write(file, svg)
  await writeSummary()
}

/** The verdicts of all sections that were ever measured, between two marks. */
async function writeSummary(): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const parts = names.map(async (name) => {
    const { title, machine, verdicts }: Kept = JSON.parse(await readFile(new URL(name, folder), 'utf8'))
    const page = name.replace('.json', '.md')
    return `### [${title}](performance/${page})\n\n${machine}\n\n${verdictTable(verdicts)}`
  })
  const summary = (await Promise.all(parts)).join('\n\n')
  const file = new URL('../performance.md', folder)
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(
      /(<!-- measured -->\n)[\s\S]*(<!-- end -->)/,
      (_, start, end) => `${start}\n${summary}\n\n${end}`,
    ),
  )
}

/** What was installed beside this file. */
async function peerVersions(): Promise<string> {
  const read = async (path: string): Promise<{ version: string; dependencies: object }> =>
    JSON.parse(await readFile(new URL(path, import.meta.url), 'utf8'))
  const { dependencies } = await read('../package.json')
  const named = Object.keys(dependencies).map(async (name) => {
    const { version } = await read(`../node_modules/${name}/package.json`)
    return `${name} ${version}`
  })
  return `${(await Promise.all(named)).join(', ')}.`
}
