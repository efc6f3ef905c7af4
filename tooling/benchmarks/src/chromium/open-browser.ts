import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright'

/** A Chromium of this machine's, or one that is fetched. */
export function openBrowser(): Promise<Browser> {
  const script = fileURLToPath(new URL('../../../scripts/browser.mjs', import.meta.url))
  const found = execFileSync(process.execPath, [script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim()
  return chromium.launch({
    ...(found !== '' && { executablePath: found }),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
    // Else a tab in the background would go on as if it were seen.
    ignoreDefaultArgs: [
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
    ],
  })
}
