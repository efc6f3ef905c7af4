// Compiles every block of TypeScript, TSX and Vue that the project shows. A comment before a block may say:
//   <!-- given: client, session -->   these come from docs/examples/given.ts
//   <!-- continues -->                it goes on where the block before it ended
//   <!-- file: client.ts -->          other blocks of the page import it; with code in the comment, that is the file
//   <!-- skip: why -->                it is not checked
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { allBlocks } from './code-blocks.mjs'
import { root, run } from './run.mjs'

const folder = join(root, 'docs/.examples/code')
let count = 0

function write(path, code) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), code)
}

/** An example of what a package keeps to itself may use the names of its own file; one of what it exports shows its import. */
const ownImports = (file, exported, code) => {
  const used = exported.filter((name) => new RegExp(`\\b${name}\\b`).test(code))
  return used.length === 0 || code.includes("from '@chatstream/")
    ? ''
    : `import { ${used} } from './${parse(file).name}.js';`
}

/** Code so far, then the block on the lines that it has in its page: the compiler's numbers are those of the page. */
function place(above, { code, line, given, language }, more) {
  const missing = line - above.split('\n').length
  const imports = given === undefined ? more : `import { ${given} } from 'given';`
  const space = missing > 0 ? `${'\n'.repeat(missing - 1)}${imports}\n` : ''
  return language === 'vue' ? `${above}${'\n'.repeat(missing)}${code}` : `${above}${space}${code}`
}

/** Every page is a folder of its own. An example of a source lies where the source would, so that it may import as that does. */
const nameOf = (file, { file: name, line, language }) =>
  file.endsWith('.md')
    ? join(file, name ?? `line-${line}.${language}`)
    : file.replace(/\.tsx?$/, `.line-${line}.${language}`)

rmSync(folder, { recursive: true, force: true })
for (const { file, blocks, exported } of allBlocks()) {
  let last = { path: '', code: '' }
  for (const block of blocks) {
    if (block.hidden !== undefined) write(join(file, block.hidden.name), block.hidden.code)
    if (block.skip === '') throw new Error(`${file}:${block.line}: say why it is skipped`)
    if (block.skip !== undefined) continue
    const goesOn = block.continues !== undefined
    const path = goesOn ? last.path : nameOf(file, block)
    last = { path, code: place(goesOn ? last.code : '', block, ownImports(file, exported, block.code)) }
    write(path, block.language === 'vue' ? last.code : `${last.code}\nexport {}\n`)
    count += 1
  }
}
if (count < 30) throw new Error(`Only ${count} blocks were found: is the search for them broken?`)

const settings = {
  extends: '../../../tsconfig.base.json',
  compilerOptions: {
    module: 'ESNext',
    moduleResolution: 'bundler',
    jsx: 'react-jsx',
    types: ['node'],
    paths: { given: ['../../examples/given.ts'], 'examples/*': ['../../examples/*.ts'] },
    rootDirs: ['.', '../../..'],
  },
  include: ['**/*', '../../examples/*.d.ts'],
}
write('tsconfig.json', JSON.stringify(settings))
const status = run(join(root, 'docs/node_modules/.bin/vue-tsc'), ['-p', folder, '--pretty', 'false'])
console.log(`${count} blocks of code ${status === 0 ? '' : 'do not all '}compile`)
process.exitCode = status
