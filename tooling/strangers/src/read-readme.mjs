import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blocksOf } from '@chatstream/tooling/blocks-of'
import { root } from '@chatstream/tooling/run'

/** What the README of a package tells a stranger: what to install, and the example to paste. */
export function readReadme(name) {
  const text = readFileSync(join(root, 'packages', name, 'README.md'), 'utf8')
  const install = /^ *npm install (.+)$/m.exec(text)
  const [example] = blocksOf(text)
  if (install === null || example === undefined) throw new Error(`The README of ${name} shows no way in`)
  return { install: install[1].trim().split(/\s+/), example: example.code }
}
