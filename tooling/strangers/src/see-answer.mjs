import { chromium } from 'playwright'

const timeout = 60_000

/** Opens a page with the example of a binding, presses its button, and watches an answer grow. Returns what was seen. */
export async function seeAnswer(url) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || undefined,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
  })
  try {
    const page = await browser.newPage()
    await page.context().addCookies([{ name: 'session', value: 'a-stranger', url }])
    const complaints = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.setDefaultTimeout(timeout)
    await page.goto(url)
    const start = performance.now()
    // A page that came from a server has its button before it has its code: it is pressed until something comes of it.
    await page.waitForFunction(
      () => {
        const button = document.querySelector('main button')
        const isReady = button?.textContent === 'ready'
        if (isReady) button.click()
        return button !== null && !isReady
      },
      undefined,
      { polling: 500 },
    )
    const lengthOf = () => document.querySelector('main p:last-of-type')?.textContent.length ?? 0
    const isLonger = (length) => {
      const rows = document.querySelectorAll('main p')
      return rows.length > 1 && rows[rows.length - 1].textContent.length > length
    }
    await page.waitForFunction(isLonger, 0)
    const firstMs = performance.now() - start
    const first = await page.evaluate(lengthOf)
    await page.waitForFunction(isLonger, first)
    await page.waitForFunction(() => document.querySelector('main button')?.textContent === 'ready')
    const answer = await page.locator('main p').last().textContent()
    if (!/simulator/i.test(answer)) throw new Error(`The answer is none of the simulator's: ${answer}`)
    if (complaints.length > 0) throw new Error(`The page complains: ${complaints.join(' | ')}`)
    return `first token ${Math.round(firstMs)} ms after the press, ${first} characters then, ${answer.length} in the end`
  } finally {
    await browser.close()
  }
}
