// The public API of each package, in api/: a change of it shows in the diff. Compares, or with --update writes it anew.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeApis } from './describe-api.mjs'
import { root } from './run.mjs'

const isUpdate = process.argv.includes('--update')
const folder = join(root, 'api')
const changed = []

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined // it is new
  }
}

const entries = readdirSync(join(root, 'packages'))
  .sort()
  .flatMap((name) => {
    const home = join(root, 'packages', name)
    const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    return Object.entries(exports)
      .filter(([, { types }]) => types !== undefined)
      .map(([entry, { types }]) => ({
        specifier: join('@chatstream', name, entry),
        types: join(home, types),
      }))
  })
const apis = describeApis(entries.map(({ types }) => types))
const described = new Map(
  entries.map(({ specifier }, index) => [
    `${specifier.replace('@chatstream/', '').replace('/', '-')}.md`,
    `# ${specifier}\n\n\`\`\`text\n${apis[index]}\n\`\`\`\n`,
  ]),
)

mkdirSync(folder, { recursive: true })
for (const [file, text] of described) {
  if (read(join(folder, file)) === text) continue
  changed.push(file)
  if (isUpdate) writeFileSync(join(folder, file), text)
}
for (const file of readdirSync(folder).filter((one) => !described.has(one))) {
  changed.push(file)
  if (isUpdate) rmSync(join(folder, file))
}

if (isUpdate) console.log(`${described.size} entries described, ${changed.length} of them changed`)
else if (changed.length > 0) {
  console.error(
    `The public API is not what api/ says: ${changed}. If that is meant: npm run api, and a changeset.`,
  )
  process.exitCode = 1
}
