// Makes the pictures in docs/images/ again. With a folder as its argument: every scene at every width, light and dark, of
// both chats; with an app after it, of that one.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { root, runOrExit } from './run.mjs'

const apps = process.argv[3] ? [process.argv[3]] : ['react-chat', 'vue-chat']
const filter = apps.map((app) => `--filter=@chatstream/${app}...`)
runOrExit('turbo', ['run', 'build', ...filter, '--output-logs=errors-only'], {
  quiet: true,
})
const { startWeb } = await import('./start-web.mjs')

const [, , elsewhere] = process.argv
const folder = elsewhere ?? join(root, 'docs/images')
mkdirSync(folder, { recursive: true })
const executablePath =
  execFileSync(process.execPath, [join(root, 'tooling/scripts/browser.mjs')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim() || undefined
const widths = { phone: [390, 844], tablet: [820, 1100], desktop: [1280, 860] }
const composer = (page) => page.getByRole('textbox', { name: 'Message' })
const isIdle = (page) => page.getByRole('button', { name: 'Regenerate' }).last().waitFor()

async function ask(page, prompt) {
  await composer(page).fill(prompt)
  await composer(page).press('Enter')
}

const scenes = {
  welcome: async () => {},
  async answer(page) {
    await ask(page, 'Explain quantum computing')
    await isIdle(page)
  },
  async reasoning(page) {
    await page.getByRole('combobox', { name: 'Model' }).selectOption('deepseek-reasoner')
    await ask(page, 'Prove that √2 is irrational')
    await page.getByText('Thinking').waitFor()
    await page.locator('.markdown .katex').first().waitFor()
  },
  async attempts(page) {
    await ask(page, 'How do tides work?')
    await isIdle(page)
    await page.getByRole('button', { name: 'Try a fault' }).click()
    await page.getByRole('button', { name: 'Rate limited' }).click()
    await ask(page, 'And on the other side of the Earth?')
    await page.getByText('again in 3 s').waitFor()
  },
  async error(page) {
    await ask(page, 'Why is the sea salty?')
    await isIdle(page)
    await page.getByRole('button', { name: 'Try a fault' }).click()
    await page.getByRole('button', { name: 'Error in mid-answer' }).click()
    await ask(page, 'Explain quantum computing')
    await page.getByRole('button', { name: 'Try again' }).waitFor()
  },
  async faults(page) {
    await page.getByRole('button', { name: 'Try a fault' }).click()
  },
  async compare(page, url) {
    await page.goto(`${url}#/compare`)
    await page.getByRole('heading', { name: 'One question, two answers' }).waitFor()
    await ask(page, 'Explain quantum computing')
    await page.getByText('less.').waitFor()
    await page.locator('.scroller').evaluate((box) => box.scrollTo(0, 0))
  },
  async sidebar(page) {
    await ask(page, 'Explain quantum computing')
    await isIdle(page)
    const menu = page.getByRole('button', { name: 'Open the sidebar' })
    if (await menu.isVisible()) await menu.click()
  },
}

const documented = [
  'answer-phone-light',
  'answer-phone-dark',
  'answer-tablet-light',
  'answer-tablet-dark',
  'answer-desktop-light',
  'answer-desktop-dark',
  'attempts-desktop-light',
  'compare-desktop-light',
  'error-phone-dark',
  'reasoning-tablet-dark',
  'vue-answer-desktop-light',
  'vue-answer-phone-dark',
  'vue-compare-desktop-light',
  'vue-error-phone-dark',
]

const web = await startWeb({ apps, port: 4189, tokensPerSecond: 400, firstTokenMs: 200, seed: 1 })
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const [index, app] of apps.entries()) {
    for (const [size, [width, height]] of Object.entries(widths)) {
      for (const colorScheme of ['light', 'dark']) {
        for (const scene of Object.keys(scenes)) {
          // The chats look alike: of the pictures of React's, some are shown of Vue's, too.
          const name = `${app === 'react-chat' ? '' : 'vue-'}${scene}-${size}-${colorScheme}`
          if (elsewhere === undefined && !documented.includes(name)) continue
          const context = await browser.newContext({
            viewport: { width, height },
            colorScheme,
            reducedMotion: 'reduce',
          })
          const page = await context.newPage()
          page.setDefaultTimeout(15_000)
          await page.goto(web.urls[index])
          await page.evaluate(() => document.fonts.ready)
          await scenes[scene](page, web.urls[index])
          await page.screenshot({ path: join(folder, `${name}.png`) })
          await context.close()
        }
      }
    }
  }
} finally {
  await browser.close()
  await web.close()
}
