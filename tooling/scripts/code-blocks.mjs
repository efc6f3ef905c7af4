// The code that the project shows: in its pages and READMEs, and in the examples of its docstrings.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blocksOf } from './blocks-of.mjs'
import { root } from './run.mjs'

/** What is in the repository, and what is about to be: `git` knows both, and leaves out what is generated. */
export const listFiles = (...patterns) =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)))

/** The docstrings of a source, with all else blanked out: lines stay where they are. */
const docstringsOf = (source) => {
  let isInside = false
  return source
    .split('\n')
    .map((line) => {
      if (/^\s*\/\*\*/.test(line)) isInside = true
      const text = isInside ? line.replace(/^\s*(\/\*\*|\*(?!\/)) ?/, '').replaceAll('*\\/', '*/') : ''
      if (line.includes('*/')) isInside = false
      return text
    })
    .join('\n')
}

/** Every file that shows code, and its blocks. */
export function allBlocks() {
  const pages = listFiles('*.md').map((file) => [file, readFileSync(join(root, file), 'utf8')])
  const sources = listFiles('packages/*/src/*.ts', 'packages/*/src/*.tsx')
    .filter((file) => !file.includes('.test.'))
    .map((file) => {
      const source = readFileSync(join(root, file), 'utf8')
      return [
        file,
        docstringsOf(source),
        [...source.matchAll(/^export (?:async )?(?:const|class|function\*?) (\w+)/gm)],
      ]
    })
  return [...pages, ...sources].map(([file, text, names = []]) => ({
    file,
    blocks: blocksOf(text),
    exported: names.map(([, name]) => name),
  }))
}
