// Every relative link of a page leads to a file that is there, with the heading that it names; every path in `code` exists.
// Links within the docs are checked by VitePress as well, which knows its own addresses.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { listFiles } from './code-blocks.mjs'
import { root } from './run.mjs'

const path = /`((?:packages|apps|docs|tooling)\/[\w@./-]*[\w-])\/?`/g
const link = /\]\(([^)\s]+)\)/g
const withoutCode = (text) =>
  text.replace(/^( *)(`{3,})[\s\S]*?^\1\2/gm, (code) => code.replace(/[^\n]/g, ''))
const read = (file) => withoutCode(readFileSync(join(root, file), 'utf8'))

/** As GitHub names the anchor of a heading. */
const anchorsOf = (file) =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** The file that a link leads to: in the docs its ending may be missing, and a slash is the folder's own page. */
function fileOf(target, isPage) {
  const files = isPage ? [target, `${target.replace(/\/$/, '')}.md`, `${target}/index.md`] : [target]
  return files.find((file) => existsSync(join(root, file)))
}

const faults = []
let count = 0
const pages = listFiles('*.md')
for (const page of pages) {
  const text = read(page)
  const report = (index, what) => faults.push(`${page}:${text.slice(0, index).split('\n').length}: ${what}`)
  for (const { 1: named, index } of text.matchAll(path)) {
    count += 1
    if (!existsSync(join(root, named))) report(index, `there is no ${named}`)
  }
  for (const { 1: href, index } of text
    .replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length))
    .matchAll(link)) {
    if (/^[a-z]+:/.test(href)) continue
    count += 1
    const [to, anchor] = href.split('#')
    const isPage = page.startsWith('docs/')
    const target = to === '' ? page : to.startsWith('/') ? join('docs', to) : posix.join(dirname(page), to)
    if (isPage && target.startsWith('docs/reference/')) continue // generated
    const file = fileOf(target, isPage)
    if (file === undefined) report(index, `nothing is at ${href}`)
    else if (anchor && file.endsWith('.md') && !statSync(join(root, file)).isDirectory()) {
      const quoted = /@include: (\S+?)-->/.exec(readFileSync(join(root, file), 'utf8'))?.[1]
      const source = quoted === undefined ? file : posix.join(dirname(file), quoted)
      if (!anchorsOf(source).includes(anchor)) report(index, `${file} has no heading for #${anchor}`)
    }
  }
}
if (count < 50) faults.push(`Only ${count} links were found: is the search for them broken?`)
for (const fault of faults) console.error(fault)
console.log(`${count} links and paths in ${pages.length} pages: ${faults.length} lead nowhere`)
process.exitCode = faults.length > 0 ? 1 : 0
