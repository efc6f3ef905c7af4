import { describe, expect, it } from 'vitest'
import { type ChatPage, useApp } from './open-app.js'

async function sendWithFault({ page, button, send }: ChatPage, fault: string, prompt: string): Promise<void> {
  await button('Try a fault').click()
  await page.locator('.panel').getByRole('button', { name: fault }).click()
  await send(prompt)
}

/** What a reader sees when something goes wrong. `root` is the folder of the app. */
export function describeFaults(root: string): void {
  const app = useApp(root, { tokensPerSecond: 400, firstTokenMs: 10, seed: 1 })
  const statuses = () =>
    app.simulator.journal.entries.filter(({ method }) => method === 'POST').map(({ status }) => status)

  describe('a fault', () => {
    it('429: the wait is counted down, and the answer comes', async () => {
      const chat = await app.open()
      await sendWithFault(chat, 'Rate limited', 'Hello')
      await chat.page.getByText('Rate limited (429) at the first provider').waitFor()
      await chat.page.getByText('again in 3 s').waitFor()
      await chat.page.getByText('again in 2 s').waitFor()
      await chat.answered()
      await chat.lastAnswer.getByText('2 attempts').waitFor()
      expect(statuses()).toEqual([429, 200])
    })

    it('503: the second provider answers, and the page says so', async () => {
      const chat = await app.open()
      await chat.send('[[fault status code=503 times=1]] [[fault stall before-headers ms=300]] Hello')
      await chat.page.getByText('Now from the second provider').waitFor()
      await chat.answered()
      await chat.button('New chat').click()
      app.simulator.journal.clear()
      await sendWithFault(chat, 'Provider down', 'Hello')
      await chat.answered()
      await chat.lastAnswer.getByText('second provider').waitFor()
      expect(statuses()).toEqual([503, 200])
    })

    it('503 from all: an error, and once it is well, trying again helps', async () => {
      const chat = await app.open()
      await chat.send('[[fault status code=503 times=4]] Hello')
      await chat.page
        .getByText('Now from the second provider')
        .or(chat.page.getByText('again in'))
        .first()
        .waitFor()
      await chat.page.getByRole('alert').getByText('The provider failed').waitFor()
      expect(statuses()).toEqual([503, 503, 503, 503])
      await chat.button('Try again').click()
      await chat.answered()
      expect(statuses()).toEqual([503, 503, 503, 503, 200])
    })

    const title = 'Quantum computing in one page'
    it.each([
      ['Error in mid-answer', 'The provider failed, in mid-answer', title],
      // What was on its way when the connection broke is lost with it.
      ['Connection lost', 'The connection was lost, in mid-answer', 'this answer is scripted'],
      ['Ends too early', 'The answer ended too early, in mid-answer', title],
      ['Broken JSON', 'What came was not an answer, in mid-answer', title],
    ])('%s: what came is kept, and trying again replaces it', async (fault, notice, kept) => {
      const chat = await app.open()
      await sendWithFault(chat, fault, 'Explain quantum computing')
      await chat.page.getByRole('alert').getByText(notice).waitFor()
      await chat.lastAnswer.getByText(kept).waitFor()
      expect(statuses()).toEqual([200])
      await chat.button('Try again').click()
      await chat.lastAnswer.getByText('What it is not').waitFor()
      await chat.answered()
      expect(await chat.answers.count()).toBe(1)
      expect(await chat.page.getByRole('alert').count()).toBe(0)
      expect(statuses()).toEqual([200, 200])
    })

    it('a stall: the clock ends it, and what came is kept', async () => {
      const chat = await app.open()
      await chat.page.clock.install()
      await sendWithFault(chat, 'Silence', 'Explain quantum computing')
      await chat.page.clock.runFor(500)
      const text = chat.lastAnswer.getByText('Quantum computing in one page')
      while (!(await text.isVisible())) await chat.page.clock.runFor(100)
      await chat.page.clock.runFor(25_000)
      await chat.page.getByRole('alert').getByText('No answer came in time, in mid-answer').waitFor()
      expect(await text.isVisible()).toBe(true)
      expect(statuses()).toEqual([200])
    })

    it('a web page with status 200: no answer, and a way to try again', async () => {
      const chat = await app.open()
      await chat.send('[[fault html times=9]] Hello')
      await chat.page.getByRole('alert').getByText('What came was not an answer').waitFor()
      expect(await chat.page.locator('iframe, .message h1').count()).toBe(0)
      await chat.button('Try again').waitFor()
    })

    it('a refused key: told at once, not tried again', async () => {
      const chat = await app.open()
      await chat.send('[[fault status code=401]] Hello')
      await chat.page.getByRole('alert').getByText('The key was refused').waitFor()
      expect(statuses()).toEqual([401])
    })

    it('no network: the message waits, and is sent once when it is back', async () => {
      const chat = await app.open()
      await chat.page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
      await chat.page.context().setOffline(true)
      await chat.send('Hello')
      await chat.page.getByText('You are offline.').waitFor()
      expect(statuses()).toEqual([])
      await chat.page.context().setOffline(false)
      await chat.answered()
      expect(await chat.page.getByText('You are offline.').count()).toBe(0)
      expect(statuses()).toEqual([200])
    })
  })
}
