import { type Simulator, startSimulator } from '@chatstream/simulator'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import type { TestProjectConfiguration } from 'vitest/config'
import type { BrowserCommand, Vitest } from 'vitest/node'
import { toSeenRequest } from './lifecycle/src/seen-request.ts'

const simulators = new WeakMap<Vitest, Promise<Simulator>>()

/** One for all pages: each case has paths of its own. */
function simulatorOf(vitest: Vitest): Promise<Simulator> {
  const running = simulators.get(vitest) ?? startSimulator()
  if (!simulators.has(vitest)) vitest.onClose(async () => (await running).close())
  simulators.set(vitest, running)
  return running
}

const simulatorOrigin: BrowserCommand<[]> = async ({ project }) =>
  new URL((await simulatorOf(project.vitest)).url).origin

const seenRequests: BrowserCommand<[]> = async ({ project }) => {
  const { journal } = await simulatorOf(project.vitest)
  // A page asks first whether it may ask.
  return journal.entries.filter(({ method }) => method !== 'OPTIONS').map(toSeenRequest)
}

const resetConnections: BrowserCommand<[path: string]> = async ({ project }, path) =>
  (await simulatorOf(project.vitest)).resetConnections(path)

/** Pages share the processor with nobody: one file at a time, when the other tests are over. */
export const afterAllElse = { maxWorkers: 1, sequence: { groupOrder: 1 } } as const

/**
 * The `*.browser.test.*` of a package, in a page of a Chromium: CHROMIUM_PATH, or Playwright's own. A simulator is on
 * this side of the network; the page reaches it by `simulatorFromPage()` of `@chatstream/lifecycle/in-browser`.
 *
 * @param dependencies what the page imports, to be bundled before the first test
 * @param plugins those of a framework, if its files need any
 */
export const inBrowser = (
  root: string,
  dependencies: readonly string[],
  plugins: readonly Plugin[] = [],
): TestProjectConfiguration => ({
  root,
  plugins: [...plugins],
  optimizeDeps: { include: [...dependencies] },
  test: {
    name: `${root} in a browser`,
    include: ['test/**/*.browser.test.{ts,tsx}'],
    ...afterAllElse,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      commands: { simulatorOrigin, seenRequests, resetConnections },
      provider: playwright({
        contextOptions: { locale: 'en-US' },
        launchOptions: {
          ...(process.env['CHROMIUM_PATH'] && { executablePath: process.env['CHROMIUM_PATH'] }),
          args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
        },
      }),
    },
  },
})
