/**
 * The first thing that a reader copies must work: the first example of each README, and of the quick starts, is run.
 *
 * @vitest-environment-options { "settings": { "fetch": { "disableSameOriginPolicy": true } } }
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { ComponentType } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApp } from 'vue'
import { compileScript, parse } from 'vue/compiler-sfc'
import { folder, printed, runFirst, simulator } from './run-first.js'

afterEach(cleanup)

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

  it('of packages/vue/README.md shows an answer', async () => {
    const compile = (source: string): string => {
      const { descriptor } = parse(source)
      return compileScript(descriptor, { id: 'chat', inlineTemplate: true }).content
    }
    const { default: Chat } = await runFirst('packages/vue/README.md', compile)
    const place = document.body.appendChild(document.createElement('div'))
    const app = createApp(Chat as object)
    app.mount(place)
    fireEvent.click(screen.getByText('ready'))
    expect(await screen.findByText(/Simulator/, {}, { timeout: 8000 })).toBeTruthy()
    await screen.findByText('ready')
    app.unmount()
    place.remove()
  })
})
