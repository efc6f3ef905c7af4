import { describe, expect, it } from 'vitest'
import { useApp } from './open-app.js'

/** What a reader sees of an answer that the server keeps. `root` is the folder of the app. */
export function describeResume(root: string): void {
  const app = useApp(root, { tokensPerSecond: 60, firstTokenMs: 10, seed: 1 }, 'relay')
  const completions = () => app.simulator.journal.entries.filter(({ method }) => method === 'POST')

  describe('behind a relay that keeps the streams', () => {
    it('a page that is reloaded in mid-answer picks it up: the provider is asked once', async () => {
      const { page, send, lastAnswer, answers, answered, button } = await app.open()
      await send('[[tokens 200]] Explain quantum computing')
      await lastAnswer.locator('.markdown').waitFor()
      await page.reload()
      await button('Stop').waitFor()
      await answered()
      expect(await answers.count()).toBe(1)
      expect(await lastAnswer.getByText('Stopped', { exact: true }).count()).toBe(0)
      expect(completions()).toHaveLength(1)
      expect(completions()[0]?.closedBy).toBe('server')
      await page.reload()
      await lastAnswer.locator('.markdown').waitFor()
      expect(completions()).toHaveLength(1)
    })

    it('an answer that was picked up can be stopped, and is stopped at the provider', async () => {
      const { page, send, lastAnswer, button } = await app.open()
      await send('[[tokens 2000]] A long one')
      await lastAnswer.locator('.markdown').waitFor()
      await page.reload()
      await lastAnswer.locator('.markdown').waitFor()
      await button('Stop').click()
      await lastAnswer.getByText('Stopped', { exact: true }).waitFor()
      const closed = await completions()[0]?.closed
      expect(closed?.closedBy).toBe('client')
    })
  })
}
