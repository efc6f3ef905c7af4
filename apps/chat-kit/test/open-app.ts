import { startServer } from '@chatstream/relay-server'
import { type Simulator, type SimulatorOptions, startSimulator } from '@chatstream/simulator'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright'
import { type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll } from 'vitest'

/** The built app in a browser, as a reader sees it, and the simulator behind it. */
export interface App {
  readonly simulator: Simulator
  readonly address: string
  /** A browser of its own, with nothing stored in it. */
  readonly open: (options?: BrowserContextOptions) => Promise<ChatPage>
}

export interface ChatPage {
  readonly page: Page
  readonly composer: Locator
  readonly answers: Locator
  readonly lastAnswer: Locator
  readonly button: (name: string) => Locator
  readonly send: (prompt: string) => Promise<void>
  /** Waits until no answer is on its way, and the last one is there. */
  readonly answered: () => Promise<void>
  /** The same conversation, in another tab of the same browser. */
  readonly openTab: () => Promise<ChatPage>
}

/**
 * Starts them before the tests of a file, and ends them after.
 *
 * @param root the folder of the app
 * @param behind what the page asks: the simulator, or a relay in front of it
 */
export function useApp(
  root: string,
  speed: SimulatorOptions,
  behind: 'simulator' | 'relay' = 'simulator',
): App {
  let simulator: Simulator
  let relay: Awaited<ReturnType<typeof startServer>> | undefined
  let server: PreviewServer
  let browser: Browser

  beforeAll(async () => {
    simulator = await startSimulator(speed)
    if (behind === 'relay') {
      relay = await startServer({
        HOST: '127.0.0.1',
        PORT: '0',
        METRICS_PORT: '0',
        LOG_LEVEL: 'silent',
        ALLTOKEN_BASE_URL: simulator.url,
        ALLTOKEN_API_KEY: 'simulated',
        RELAY_OPEN: '1',
        SHUTDOWN_SECONDS: '0',
      })
    }
    process.env['CHATSTREAM_SERVER'] = new URL(relay?.url ?? simulator.url).origin
    server = await preview({
      root,
      logLevel: 'silent',
      preview: { host: '127.0.0.1', port: 0 },
    })
    const executablePath = process.env['CHROMIUM_PATH']
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
    })
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await simulator?.close()
    await relay?.close()
    await server?.close()
  })

  const app: App = {
    get simulator() {
      return simulator
    },
    get address() {
      return server.resolvedUrls?.local[0] ?? ''
    },
    async open(options) {
      simulator.journal.clear()
      const context = await browser.newContext(options)
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(app.address)
      return chatPage(page)
    },
  }
  return app
}

function chatPage(page: Page): ChatPage {
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
  const composer = page.getByRole('textbox', { name: 'Message' })
  const answers = page.getByRole('article', { name: 'Answer' })
  return {
    page,
    composer,
    answers,
    lastAnswer: answers.last(),
    button,
    async send(prompt) {
      await composer.fill(prompt)
      await composer.press('Enter')
    },
    async answered() {
      await button('Stop').waitFor({ state: 'detached' })
      await button('Regenerate').last().waitFor()
    },
    async openTab() {
      const tab = await page.context().newPage()
      tab.setDefaultTimeout(10_000)
      await tab.goto(page.url())
      return chatPage(tab)
    },
  }
}
