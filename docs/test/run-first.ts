import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { blocksOf } from '@chatstream/tooling/blocks-of'
import { afterEach, beforeEach, vi } from 'vitest'

const root = join(import.meta.dirname, '../..')
export const folder = join(import.meta.dirname, '../.examples/run')

export let simulator: Simulator
/** What the example has printed. */
export let printed = ''
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
  vi.stubGlobal('fetch', (url: string | URL, init: RequestInit) => {
    const headers = { ...Object.fromEntries(new Headers(init.headers)), authorization: 'Bearer any' }
    return fetch(String(url).replace(/^.*(?=\/chat\/completions)/, simulator.url), { ...init, headers })
  })
})
afterEach(async () => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await simulator.close()
})

/** Runs the first block of a page, as its reader would: a file of its own. */
export async function runFirst(
  page: string,
  edit = (code: string) => code,
): Promise<Record<string, unknown>> {
  const [block] = blocksOf(readFileSync(join(root, page), 'utf8'))
  if (block === undefined) throw new Error(`${page} has no example`)
  mkdirSync(folder, { recursive: true })
  const language = block.language.replace('vue', 'ts')
  const file = join(folder, `${page.replaceAll(/[^\w]+/g, '-')}.${language}`)
  writeFileSync(file, edit(block.code))
  return import(/* @vite-ignore */ file)
}
