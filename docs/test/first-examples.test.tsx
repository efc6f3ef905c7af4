/**
 * The first thing that a reader copies must work: the first example of each README, and of the quick starts, is run.
 *
 * @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { blocksOf } from '@chatstream/tooling/blocks-of'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { ComponentType } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folder = join(import.meta.dirname, '../.examples/run')

let simulator: Simulator
let printed = ''
beforeEach(async () => {
  simulator = await startSimulator()
  printed = ''
  const print = (...values: unknown[]): boolean => {
    printed += values.join(' ')
    return true
  }
  vi.spyOn(console, 'log').mockImplementation(print)
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => print(text))
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => print(text))
  vi.stubEnv('ALLTOKEN_API_KEY', 'any')
  const fetch = globalThis.fetch
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization: 'Bearer any' }
    return fetch(url.replace(/^.*(?=\/chat\/completions)/, simulator.url), { ...init, headers })
  })
})
afterEach(async () => {
  cleanup()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await simulator.close()
})

/** Runs the first block of a page, as its reader would: a file of its own. */
async function runFirst(page: string, edit = (code: string) => code): Promise<Record<string, unknown>> {
  const [block] = blocksOf(readFileSync(join(root, page), 'utf8'))
  if (block === undefined) throw new Error(`${page} has no example`)
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${page.replaceAll(/[^\w]+/g, '-')}.${block.language}`)
  writeFileSync(file, edit(block.code))
  return import(/* @vite-ignore */ file)
}

describe('the first example', () => {
  it.each(['README.md', 'packages/core/README.md', 'docs/quick-start.md', 'docs/ja/quick-start.md'])(
    'of %s streams an answer, and tells its cost',
    async (page) => {
      await runFirst(page)
      await waitFor(() => expect(printed).toMatch(/0\.0\d+\s*$/), { timeout: 8000 })
      expect(printed).toMatch(/Simulator|シミュレーター/)
      expect(simulator.journal.entries.filter(({ method }) => method === 'POST')).toHaveLength(1)
    },
  )

  it('of packages/react/README.md shows an answer', async () => {
    const { Chat } = (await runFirst('packages/react/README.md')) as { Chat: ComponentType }
    render(
      <QueryClientProvider client={new QueryClient()}>
        <Chat />
      </QueryClientProvider>,
    )
    fireEvent.click(screen.getByText('ready'))
    expect(await screen.findByText(/Simulator/, {}, { timeout: 8000 })).toBeTruthy()
    await screen.findByText('ready')
  })

  it('of packages/simulator/README.md is a test that passes', async () => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'my-app.ts'),
      `import { createChatClient, finalMessage } from '@chatstream/core'
      export const askMyApp = async (content, options) => {
        const messages = [{ role: 'user', content }]
        const { parts } = await finalMessage(createChatClient(options).stream({ model: 'deepseek-chat', messages }))
        return parts.map(({ text }) => text).join('')
      }`,
    )
    const { run } = await runFirst('packages/simulator/README.md', (code) =>
      code
        .replace('{ expect, test }', '{ expect }')
        .replace(/^test\('.*', /m, 'export const run = (')
        .replace(/\}\)\s*$/, '})'),
    )
    vi.unstubAllGlobals() // it starts a simulator of its own
    await (run as () => Promise<void>)()
  })
})
