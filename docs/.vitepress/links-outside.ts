import { existsSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

const root = new URL('../../', import.meta.url)
const { repository } = JSON.parse(readFileSync(new URL('packages/core/package.json', root), 'utf8'))
const address: string | undefined = (repository?.url ?? repository)?.replace(/^git\+|\.git$/g, '')

/**
 * Pages quote the READMEs, whose links lead through the repository. A link to what has a page here leads to that page;
 * any other leads to the repository's own site, and is plain text until it has one.
 */
export function linksOutside(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('links-outside', ({ tokens, env }) => {
    const page: string = env.relativePath ?? '' // a heading by itself has none
    // A page of a package quotes its README, which lies elsewhere.
    const from = [dirname(`docs/${page}`), ...(page.startsWith('packages/') ? [page.slice(0, -3)] : [])]
    for (const { children } of tokens) {
      let isUnlinked = false
      for (const token of children ?? []) {
        if (isUnlinked && token.type === 'link_close') {
          token.tag = 'span'
          isUnlinked = false
        }
        const href = token.type === 'link_open' ? String(token.attrGet('href')) : ''
        if (href === '' || /^([a-z]+:|[#/])/.test(href)) continue
        const [path = '', hash] = href.split('#')
        const target = from
          .map((folder) => posix.join(folder, path))
          .find((file) => existsSync(new URL(file, root)))
        // A page, without its ending or with it: VitePress finds it, or tells that it is not there.
        if (target === undefined || target.startsWith('docs/')) continue
        const there = pageOf(target) ?? (address && `${address}/blob/main/${target}`)
        if (there) token.attrSet('href', hash ? `${there}#${hash}` : there)
        else {
          token.tag = 'span'
          token.attrs = null
          isUnlinked = true
        }
      }
    }
  })
}

function pageOf(target: string): string | undefined {
  const name = /^packages\/([a-z]+)(?:\/README\.md|\/?)$/.exec(target)?.[1]
  const isPage = name !== undefined && existsSync(new URL(`docs/packages/${name}.md`, root))
  return isPage ? `/packages/${name}` : undefined
}
