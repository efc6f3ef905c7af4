import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { linksOutside } from './links-outside.ts'

const docs = new URL('..', import.meta.url)
const titleOf = (page: string): string =>
  /^# (.+)$/m.exec(readFileSync(new URL(page, docs), 'utf8'))?.[1] ?? page

/** The pages of a folder, in the order of their names, under their own titles. */
const pagesOf = (folder: string): { text: string; link: string }[] =>
  (existsSync(new URL(folder, docs)) ? readdirSync(new URL(folder, docs)) : [])
    .filter((name) => name.endsWith('.md') && name !== 'index.md')
    .map((name) => ({ text: titleOf(folder + name), link: `/${folder}${name.replace(/\.md$/, '')}` }))

/** Pages that are there; a page that is written later takes its place by itself. */
const pages = (links: readonly (readonly [text: string, link: string])[]): { text: string; link: string }[] =>
  links
    .filter(([, link]) => existsSync(new URL(`.${link.endsWith('/') ? `${link}index` : link}.md`, docs)))
    .map(([text, link]) => ({ text, link }))

const recipes = [
  ['A stop button', '/recipes/stop-button'],
  ['Refreshing a token', '/recipes/token-refresh'],
  ['Another provider', '/recipes/failover'],
  ['Tool calls', '/recipes/tool-calls'],
  ['Images', '/recipes/images'],
  ['Going on after a break', '/recipes/resuming'],
  ['Keeping conversations', '/recipes/persistence'],
  ['Two models at once', '/recipes/two-models'],
  ['A limit on cost', '/recipes/cost-limits'],
  ['Testing against faults', '/recipes/testing-against-faults'],
  ["Under the AI SDK's useChat", '/recipes/ai-sdk-transport'],
] as const

export default defineConfig({
  title: 'chatstream',
  description: 'Streamed chat completions as RxJS observables, from the bytes to the screen.',
  cleanUrls: true,
  srcExclude: ['.examples/**', 'README.md'],
  head: [['link', { rel: 'icon', href: '/icon.svg', type: 'image/svg+xml' }]],
  markdown: { config: linksOutside },
  locales: {
    root: { label: 'English', lang: 'en' },
    ja: { label: '日本語', lang: 'ja', link: '/ja/quick-start' },
  },
  themeConfig: {
    i18nRouting: false,
    search: { provider: 'local' },
    outline: [2, 3],
    nav: pages([
      ['Quick start', '/quick-start'],
      ['Concepts', '/concepts/'],
      ['Recipes', '/recipes/'],
      ['Errors', '/errors'],
      ['Reference', '/reference/'],
    ]),
    sidebar: [
      {
        text: 'Start',
        items: pages([
          ['Quick start', '/quick-start'],
          ['クイックスタート(日本語)', '/ja/quick-start'],
          ['Us and the peers', '/comparison'],
        ]),
      },
      {
        text: 'Packages',
        items: pages([
          ['Core', '/packages/core'],
          ['React', '/packages/react'],
          ['Vue', '/packages/vue'],
          ['Vue, with Nuxt', '/frameworks/nuxt'],
          ['Node', '/packages/node'],
          ['Relay', '/packages/relay'],
          ['Deploying the relay', '/relay/deployment'],
          ['Deploying the relay', '/relay'],
          ['Simulator', '/packages/simulator'],
        ]),
      },
      {
        text: 'Concepts',
        items: pages([
          ['Seven stages', '/concepts/'],
          ['From byte to pixel', '/concepts/byte-to-pixel'],
          ['Errors', '/errors'],
          ['Gotchas', '/gotchas'],
          ['Performance', '/performance'],
        ]),
      },
      { text: 'Recipes', items: pages(recipes) },
      { text: 'Measured', collapsed: true, items: pagesOf('performance/') },
      { text: 'Moving here', items: pagesOf('migration/') },
      {
        text: 'Reference',
        collapsed: true,
        items: pagesOf('reference/@chatstream/'),
      },
      { text: 'Decisions', collapsed: true, items: pagesOf('decisions/') },
    ],
  },
})
