import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { useApp } from './open-app.js'

const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** What axe finds, light and dark, as `rule: element`. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }) // with motion, there are animations without an end
    const some = await page.evaluate(async () => {
      // Colours that are on their way from light to dark are neither.
      await Promise.all(document.getAnimations().map(({ finished }) => finished))
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
      // A heading that is a formula is read aloud, but axe does not see it: KaTeX gives it as MathML.
      const { violations } = await axe.run({ rules: { 'empty-table-header': { enabled: false } } })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
    })
    found.push(...some)
  }
  return found
}

/** What those are told who do not see the page. `root` is the folder of the app. */
export function describeAccessibility(root: string): void {
  const app = useApp(root, { tokensPerSecond: 400, firstTokenMs: 20, seed: 1 })

  describe('axe finds nothing', () => {
    it.each([
      ['a computer', 1280],
      ['a phone', 390],
    ])('in a conversation on %s', async (_, width) => {
      const chat = await app.open({ viewport: { width, height: 800 } })
      expect(await violations(chat.page)).toEqual([])
      await chat.page.getByRole('combobox', { name: 'Model' }).selectOption('deepseek-reasoner')
      await chat.send('Prove that √2 is irrational')
      await chat.answered()
      await chat.send('[[fault error-frame after=30 code=500]] Explain quantum computing')
      await chat.page.getByRole('alert').waitFor()
      await chat.button('Try a fault').click()
      if (width < 900) await chat.button('Open the sidebar').click()
      expect(await violations(chat.page)).toEqual([])
    })

    it('while an answer comes, while a name is changed, and before a deletion', async () => {
      const chat = await app.open()
      await chat.send('[[fault stall after=60]] Explain quantum computing')
      await chat.lastAnswer.getByText('Quantum computing in one page').waitFor()
      expect(await violations(chat.page)).toEqual([])
      await chat.page.getByRole('link', { name: 'Explain' }).hover()
      await chat.button('Rename “Explain quantum computing”').click()
      expect(await violations(chat.page)).toEqual([])
      await chat.page.keyboard.press('Escape')
      await chat.button('Delete “Explain quantum computing”').click()
      expect(await violations(chat.page)).toEqual([])
    })

    it('where two models answer', async () => {
      const chat = await app.open()
      await chat.page.getByRole('link', { name: 'Compare models' }).click()
      await chat.page.getByRole('heading', { name: 'One question, two answers' }).waitFor()
      await chat.send('Explain quantum computing')
      await chat.page.getByText(/cost \$\S+ less/).waitFor()
      expect(await violations(chat.page)).toEqual([])
    })
  })

  describe('a screen reader', () => {
    it('is told of each turn of an answer once, and of no token', async () => {
      const { page, send, answered, lastAnswer } = await app.open()
      await page.evaluate(() => {
        const told: string[] = []
        Object.assign(globalThis, { told })
        const live = '[aria-live], [role=status], [role=alert], [role=log]'
        new MutationObserver((changes) => {
          for (const { target } of changes) {
            const region = (target instanceof Element ? target : target.parentElement)?.closest(live)
            const text = region?.textContent ?? ''
            if (text !== '' && text !== told.at(-1)) told.push(text)
          }
        }).observe(document.body, { childList: true, characterData: true, subtree: true })
      })
      const told = () => page.evaluate('told')
      await send('Explain quantum computing')
      await lastAnswer.waitFor()
      expect(await lastAnswer.getAttribute('aria-busy')).toBe('true')
      await answered()
      expect(await lastAnswer.getAttribute('aria-busy')).toBe('false')
      expect(await told()).toEqual(['Sent.', 'The answer is coming.', 'The answer is complete.'])
      await send('[[fault error-frame after=30 code=500]] Again')
      await page.getByRole('alert').waitFor()
      expect(await page.getByRole('alert').textContent()).toContain('The provider failed')
    })
  })
}
