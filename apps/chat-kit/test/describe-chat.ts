import { describe, expect, it } from 'vitest'
import { useApp } from './open-app.js'

/** What a reader does with a chat, in a browser. `root` is the folder of the app. */
export function describeChat(root: string): void {
  const app = useApp(root, { tokensPerSecond: 300, firstTokenMs: 20, seed: 1 })
  const completions = () => app.simulator.journal.entries.filter(({ method }) => method === 'POST')

  describe('a conversation', () => {
    it('streams an answer in pieces, from one request, and says what it took', async () => {
      const { page, send, answered, lastAnswer } = await app.open()
      await page.evaluate(() => {
        const seen = new Set<number>()
        Object.assign(globalThis, { seen })
        new MutationObserver(() =>
          seen.add(document.querySelector('.assistant')?.textContent?.length ?? 0),
        ).observe(document.body, { childList: true, subtree: true, characterData: true })
      })
      await send('Explain quantum computing')
      await answered()
      expect(await page.evaluate('seen.size')).toBeGreaterThan(5)
      expect(await lastAnswer.locator('table').count()).toBe(1)
      expect(await lastAnswer.locator('.katex').count()).toBeGreaterThan(5)
      expect(await lastAnswer.locator('code .hljs-keyword').first().textContent()).toBe('from')
      await lastAnswer.getByText('tokens/s').waitFor()
      await lastAnswer.getByText(/^\$0\.0\d+$/).waitFor()
      expect(completions()).toHaveLength(1)
    })

    it('stops: what came stays, and the connection is closed', async () => {
      const { page, send, button, lastAnswer } = await app.open()
      await send('Write a long text')
      await lastAnswer.locator('.markdown').waitFor()
      await page.keyboard.press('Escape')
      await lastAnswer.getByText('Stopped', { exact: true }).waitFor()
      await button('Send').waitFor()
      const [request] = completions()
      expect((await request?.closed)?.closedBy).toBe('client')
      expect((await lastAnswer.locator('.markdown').textContent())?.length).toBeGreaterThan(10)
      expect(completions()).toHaveLength(1)
    })

    it('regenerates: the answer is taken away, and asked for again, once', async () => {
      const { send, answered, button, answers } = await app.open()
      await send('Hello')
      await answered()
      await button('Regenerate').click()
      await button('Stop').waitFor()
      await answered()
      expect(await answers.count()).toBe(1)
      expect(completions()).toHaveLength(2)
      expect(completions()[1]?.body).toMatchObject({ messages: [{ role: 'user', content: 'Hello' }] })
    })

    it('edits: what came after the message is replaced', async () => {
      const { page, send, answered, answers } = await app.open()
      await send('The first question')
      await answered()
      await send('The second question')
      await answered()
      await page.getByRole('article', { name: 'You' }).first().hover()
      await page.getByRole('button', { name: 'Edit' }).first().click()
      const editor = page.getByRole('textbox', { name: 'Edit the message' })
      await editor.fill('Another question')
      await editor.press('Enter')
      await page.getByText('You asked: “Another question”').waitFor()
      await answered()
      expect(await answers.count()).toBe(1)
      expect(completions()).toHaveLength(3)
      expect(completions()[2]?.body).toMatchObject({
        messages: [{ role: 'user', content: 'Another question' }],
      })
    })

    it('folds the reasoning away when the answer begins', async () => {
      const { page, send, lastAnswer } = await app.open()
      await page.getByRole('combobox', { name: 'Model' }).selectOption('deepseek-reasoner')
      await send('[[fault stall after=30]] Prove that √2 is irrational')
      await lastAnswer.getByText('Thinking').waitFor()
      expect(await lastAnswer.locator('details').getAttribute('open')).not.toBeNull()
      await page.keyboard.press('Escape')
      await lastAnswer.getByText('Stopped', { exact: true }).waitFor()
      await send('Prove that √2 is irrational')
      await lastAnswer.locator('.markdown').waitFor()
      await lastAnswer.getByText('Thoughts').waitFor()
      expect(await lastAnswer.locator('details').getAttribute('open')).toBeNull()
      await lastAnswer.getByText('Thoughts').click()
      await lastAnswer.locator('details[open]').waitFor()
    })

    it('adds the costs of its answers exactly', async () => {
      const { page, send, answered } = await app.open()
      await send('One')
      await answered()
      await send('Two')
      await answered()
      await page.locator('.totals').getByText('$').waitFor()
      const costs = (await page.locator('.facts dd').allTextContents()).filter((fact) => fact.startsWith('$'))
      expect(costs).toHaveLength(2)
      const sum = costs.reduce((total, cost) => total + Math.round(Number(cost.slice(1)) * 1e8), 0)
      const total = await page.locator('.totals').getByText('$').textContent()
      expect(Math.round(Number(total?.slice(1)) * 1e8)).toBe(sum)
    })
  })

  describe('the keyboard and the clipboard', () => {
    it('writes a new line with Shift+Enter, and sends with Enter', async () => {
      const { page, composer, answered } = await app.open()
      await composer.pressSequentially('One')
      await composer.press('Shift+Enter')
      await composer.pressSequentially('Two')
      expect(await composer.inputValue()).toBe('One\nTwo')
      expect(completions()).toHaveLength(0)
      await composer.press('Enter')
      await answered()
      expect(await page.locator('.bubble').textContent()).toBe('One\nTwo')
      expect(completions()).toHaveLength(1)
    })

    it('copies an answer, a message and a listing as they were written', async () => {
      const { page, send, answered, button } = await app.open({
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      const copied = () => page.evaluate(() => navigator.clipboard.readText())
      await send('Explain quantum computing')
      await answered()
      await button('Copy code').click()
      await button('Copy code').getByText('Copied').waitFor({ state: 'attached' })
      expect(await copied()).toMatch(/^from qiskit import QuantumCircuit\n\ncircuit = /)
      await button('Copy answer').click()
      await button('Copy answer').getByText('Copied').waitFor({ state: 'attached' })
      expect(await copied()).toContain('## Quantum computing in one page\n')
      await button('Copy message').focus()
      await button('Copy message').press('Enter')
      await button('Copy message').getByText('Copied').waitFor({ state: 'attached' })
      expect(await copied()).toBe('Explain quantum computing')
    })

    it('has all of the sidebar in a drawer on a phone', async () => {
      const { page, send, answered, button } = await app.open({ viewport: { width: 390, height: 800 } })
      await send('Hello')
      await answered()
      expect(await page.getByRole('link', { name: 'Hello' }).count()).toBe(0)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
      await button('Open the sidebar').click()
      await button('New chat').click()
      await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
      await button('Open the sidebar').click()
      await page.getByRole('link', { name: 'Hello' }).click()
      await page.getByText('You asked: “Hello”').waitFor()
      await button('Open the sidebar').click()
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'Hello' }).waitFor({ state: 'hidden' })
    })
  })

  describe('conversations', () => {
    it('are kept across a reload, named by their first message, and deleted for good', async () => {
      const { page, send, answered, button } = await app.open()
      await send('Remember the milk')
      await answered()
      await button('New chat').click()
      await send('Remember the bread')
      await answered()
      await page.reload()
      await page.getByText('You asked: “Remember the bread”').waitFor()
      await page.getByRole('link', { name: 'Remember the milk' }).click()
      await page.getByText('You asked: “Remember the milk”').waitFor()
      const asked = completions().length

      await page.getByRole('link', { name: 'Remember the milk' }).hover()
      await button('Delete “Remember the milk”').click()
      await button('Keep').click()
      await page.getByRole('link', { name: 'Remember the milk' }).waitFor()
      await button('Delete “Remember the milk”').click()
      await button('Delete').click()
      await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
      await page.reload()
      await page.getByRole('link', { name: 'Remember the bread' }).waitFor()
      expect(await page.getByRole('link', { name: 'Remember the milk' }).count()).toBe(0)
      expect(completions()).toHaveLength(asked)
    })

    it('are renamed, and keep their name over a reload and the next message', async () => {
      const { page, send, answered, button } = await app.open()
      await send('Remember the milk')
      await answered()
      const rename = async (name: string, key: string): Promise<void> => {
        await page.getByRole('link', { name: 'Remember' }).hover()
        await button('Rename “Remember the milk”').click()
        await page.getByRole('textbox', { name: 'New name' }).fill(name)
        await page.getByRole('textbox', { name: 'New name' }).press(key)
      }
      await rename('Nothing', 'Escape')
      await rename(' ', 'Enter')
      await rename('Groceries', 'Enter')
      await page.getByRole('heading', { name: 'Groceries' }).waitFor()
      await send('And the bread')
      await answered()
      await page.reload()
      await page.getByRole('link', { name: 'Groceries' }).waitFor()
      expect(await page.getByRole('link', { name: 'Remember' }).count()).toBe(0)
    })

    it('keep what came of an answer when the page is reloaded in the middle of it', async () => {
      const { page, send, lastAnswer, button, answered, answers } = await app.open()
      await send('[[fault stall after=40 times=1]] Explain quantum computing')
      await lastAnswer.getByText('Quantum computing in one page').waitFor()
      await page.reload()
      await lastAnswer.getByText('Quantum computing in one page').waitFor()
      await lastAnswer.getByText('Stopped', { exact: true }).waitFor()
      expect(completions()).toHaveLength(1)
      await button('Regenerate').click()
      await lastAnswer.getByText('What it is not').waitFor()
      await answered()
      expect(await answers.count()).toBe(1)
      expect(completions()).toHaveLength(2)
    })

    it('go on in the background while another one is read', async () => {
      const { page, send, lastAnswer, button, answered } = await app.open()
      await send('[[tokens 300]] A long one')
      await lastAnswer.locator('.markdown').waitFor()
      await button('New chat').click()
      await page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
      const isComing = page.getByRole('navigation').getByText('An answer is coming')
      await isComing.waitFor()
      const [request] = completions()
      expect((await request?.closed)?.closedBy).toBe('server')
      await isComing.waitFor({ state: 'detached' })
      await page.getByRole('link', { name: 'A long one' }).click()
      await answered()
      expect(completions()).toHaveLength(1)
    })
  })

  describe('reading along', () => {
    const atBottom = () => {
      const box = document.querySelector('.scroller')
      return box !== null && box.scrollHeight - box.scrollTop - box.clientHeight < 10
    }

    it('follows the text at the bottom only, and comes back on demand', async () => {
      const { page, send, lastAnswer, button } = await app.open({ viewport: { width: 800, height: 500 } })
      await send('Write a long text')
      await page.waitForFunction(() => (document.querySelector('.scroller')?.scrollTop ?? 0) > 200)
      await page.waitForFunction(atBottom)
      await lastAnswer.hover()
      await page.mouse.wheel(0, -300)
      await button('Go to the newest').waitFor()
      const top = await page.locator('.scroller').evaluate((box) => box.scrollTop)
      const length = (await lastAnswer.textContent())?.length ?? 0
      await page.waitForFunction(
        (length) => (document.querySelector('.assistant')?.textContent?.length ?? 0) > length + 300,
        length,
      )
      expect(await page.locator('.scroller').evaluate((box) => box.scrollTop)).toBe(top)
      await button('Go to the newest').click()
      await page.waitForFunction(atBottom)
      await page.keyboard.press('Escape')
    })
  })

  describe('two models', () => {
    it('answer the same prompt side by side, from one request each', async () => {
      const { page, send } = await app.open()
      await page.getByRole('link', { name: 'Compare models' }).click()
      await page.getByRole('heading', { name: 'One question, two answers' }).waitFor()
      await send('Explain quantum computing')
      await page.getByText(/cost \$\S+ less/).waitFor()
      expect(await page.getByRole('article').count()).toBe(2)
      expect(
        completions()
          .map(({ body }) => (body as { model: string }).model)
          .sort(),
      ).toEqual(['claude-sonnet-4', 'deepseek-chat'])
    })
  })
}
