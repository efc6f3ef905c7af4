import { describe, expect, it, onTestFinished } from 'vitest'
import { useApp } from './open-app.js'
import { startFlood } from './start-flood.js'

const pieces = 32_000

/** An answer that comes faster than anyone reads. `root` is the folder of the app. */
export function describeFlood(root: string): void {
  const app = useApp(root, { seed: 1 })

  describe('32,000 pieces as fast as they come', () => {
    it('are shown to the last, by the frame and not by the piece; a click is answered in the middle of them', async () => {
      const { page, send, answered, button, lastAnswer } = await app.open()
      const flood = await startFlood(pieces)
      onTestFinished(flood.close)
      await page.route('**/chat/completions', (route) => route.continue({ url: flood.url }))
      await page.evaluate(() => {
        const counts = { frames: 0, changes: 0 }
        Object.assign(globalThis, { counts })
        const count = (): void => {
          counts.frames++
          requestAnimationFrame(count)
        }
        count()
        new MutationObserver(() => {
          counts.changes++
        }).observe(document.body, { childList: true, characterData: true, subtree: true })
      })
      await send('As fast as you can')
      await lastAnswer.locator('.markdown').waitFor()
      await button('Try a fault').click()
      await page.getByRole('heading', { name: 'What shall go wrong?' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('heading', { name: 'What shall go wrong?' }).waitFor({ state: 'hidden' })
      expect(await lastAnswer.getAttribute('aria-busy')).toBe('true')
      flood.end()
      await answered()
      await lastAnswer.getByText('The end.').waitFor({ timeout: 25_000 })
      const { frames, changes } = (await page.evaluate('counts')) as { frames: number; changes: number }
      expect(changes).toBeLessThan(2 * frames + 50)
      expect((await lastAnswer.textContent())?.length).toBeGreaterThan(4 * pieces)
    })
  })
}
