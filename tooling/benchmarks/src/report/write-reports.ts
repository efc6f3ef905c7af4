import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { verdictTable } from './markdown-table.js'
import type { SectionReport } from './section-report.js'

const folder = new URL('../../../../docs/performance/', import.meta.url)

/** Writes of every section a page, its charts, and what was measured. */
export async function writeReports(reports: Readonly<Record<string, SectionReport>>): Promise<void> {
  await mkdir(folder, { recursive: true })
  const write = (name: string, text: string): Promise<void> => writeFile(new URL(name, folder), text)
  const versions = await peerVersions()
  const machine = `Node ${process.version.slice(1)}, ${cpus().length} x ${cpus()[0]?.model.trim()}, ${process.platform}.`
  for (const [name, { title, verdicts, markdown, charts, data }] of Object.entries(reports)) {
    const pictures = Object.keys(charts).map((file) => `![](${file})`)
    const page = [`# ${title}`, `${machine} ${versions}`, verdictTable(verdicts), ...pictures, markdown].join(
      '\n\n',
    )
    await write(`${name}.md`, `${page}\n`)
    await write(`${name}.json`, `${JSON.stringify({ machine, versions, verdicts, data })}\n`)
    for (const [file, svg] of Object.entries(charts)) await write(file, svg)
  }
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
