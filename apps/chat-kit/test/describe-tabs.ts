import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { type ChatPage, useApp } from './open-app.js'

const bubbles = (page: Page) => page.locator('.bubble').allTextContents()
const whenShown = ({ page }: ChatPage, count: number) =>
  page.waitForFunction((count) => document.querySelectorAll('.message').length === count, count)

const tellWhetherOnline = (): void => {
  const isOnline = (): boolean => localStorage.getItem('test.offline') === null
  Object.defineProperty(navigator, 'onLine', { get: isOnline, configurable: true })
}

/** For all tabs. The page itself is there, as that of an installed app is; what asks for answers fails. */
const setOnline = async ({ page }: ChatPage, isOnline: boolean): Promise<void> => {
  const context = page.context()
  if (isOnline) await context.unroute('**/v1/**')
  else {
    await context.route('**/v1/**', (route) => route.abort('internetdisconnected'))
    await context.addInitScript(tellWhetherOnline)
  }
  for (const tab of context.pages()) {
    await tab.evaluate(tellWhetherOnline)
    await tab.evaluate((isOnline) => {
      if (isOnline) localStorage.removeItem('test.offline')
      else localStorage.setItem('test.offline', '')
      dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
    }, isOnline)
  }
}

/** A chat in two tabs, and one without a network. `root` is the folder of the app. */
export function describeTabs(root: string): void {
  const app = useApp(root, { tokensPerSecond: 300, firstTokenMs: 20, seed: 1 })
  const prompts = () =>
    app.simulator.journal.entries
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (body as { messages: { content: string }[] }).messages.at(-1)?.content)

  describe('two tabs', () => {
    it('have both conversations in the list', async () => {
      const first = await app.open()
      const second = await first.openTab()
      await second.button('New chat').click()
      await first.send('From the first tab')
      await first.answered()
      await second.send('From the second tab')
      await second.answered()
      for (const { page } of [first, second]) {
        await page.getByRole('link', { name: 'From the first tab' }).waitFor()
        await page.getByRole('link', { name: 'From the second tab' }).waitFor()
      }
    })

    it('in one conversation both show what is said in either, and lose nothing of it', async () => {
      const first = await app.open()
      await first.send('One')
      await first.answered()
      const second = await first.openTab()
      await whenShown(second, 2)
      await second.send('Two')
      await second.answered()
      await whenShown(first, 4)
      await first.send('Three')
      await first.answered()
      await whenShown(second, 6)
      for (const tab of [first, second]) {
        await tab.page.reload()
        await whenShown(tab, 6)
        expect(await bubbles(tab.page)).toEqual(['One', 'Two', 'Three'])
      }
      expect(prompts()).toEqual(['One', 'Two', 'Three'])
    })

    it('one that has not heard of the turn of the other does not take it away', async () => {
      const first = await app.open()
      await first.send('One')
      await first.answered()
      await first.page.context().addInitScript(() => {
        BroadcastChannel.prototype.addEventListener = () => {}
      })
      const deaf = await first.openTab()
      await whenShown(deaf, 2)
      await first.send('Two')
      await first.answered()
      expect(await bubbles(deaf.page)).toEqual(['One'])
      await deaf.send('Three')
      await deaf.answered()
      await whenShown(first, 6)
      for (const tab of [first, deaf]) {
        await tab.page.reload()
        await whenShown(tab, 6)
        expect((await bubbles(tab.page)).sort()).toEqual(['One', 'Three', 'Two'])
      }
      expect(prompts()).toEqual(['One', 'Two', 'Three'])
    })

    it('an answer that comes in the other one is waited for, not asked for again', async () => {
      const first = await app.open()
      await first.send('[[fault stall after=30]] One')
      await first.lastAnswer.locator('.markdown').waitFor()
      const second = await first.openTab()
      await whenShown(second, 1)
      expect(await second.button('Ask again').count()).toBe(0)
      await first.button('Stop').click()
      await second.lastAnswer.getByText('Stopped', { exact: true }).waitFor()
      expect(await second.button('Ask again').count()).toBe(0)
      expect(prompts()).toHaveLength(1)
    })

    it('what is edited, answered again or deleted in one is so in the other', async () => {
      const first = await app.open()
      await first.send('One')
      await first.answered()
      await first.send('Two')
      await first.answered()
      const second = await first.openTab()
      await whenShown(second, 4)
      await second.page.getByRole('article', { name: 'You' }).first().hover()
      await second.page.getByRole('button', { name: 'Edit' }).first().click()
      const editor = second.page.getByRole('textbox', { name: 'Edit the message' })
      await editor.fill('Uno')
      await editor.press('Enter')
      await first.page.getByText('You asked: “Uno”').waitFor()
      await whenShown(first, 2)
      expect(await bubbles(first.page)).toEqual(['Uno'])
      await second.answered()
      await second.page.getByRole('link', { name: 'One' }).hover()
      await second.button('Delete “One”').click()
      await second.button('Delete').click()
      await whenShown(first, 0)
      await first.page.reload()
      await first.page.getByRole('heading', { name: 'What would you like to know?' }).waitFor()
    })
  })

  describe('a message that was sent offline', () => {
    /** A page that was loaded again while its message waited. */
    const openWaiting = async (): Promise<ChatPage> => {
      const chat = await app.open()
      await setOnline(chat, false)
      await chat.send('Hello')
      await chat.page.getByText('You are offline.').waitFor()
      await chat.page.reload()
      await chat.page.getByText('You are offline.').waitFor()
      return chat
    }

    it('waits over a reload, and is sent once, when the network is back', async () => {
      const chat = await openWaiting()
      expect(await bubbles(chat.page)).toEqual(['Hello'])
      expect(await chat.button('Ask again').count()).toBe(0)
      const other = await chat.openTab()
      await whenShown(other, 1)
      await setOnline(chat, true)
      await chat.answered()
      await whenShown(other, 2)
      expect(prompts()).toEqual(['Hello'])
      await chat.page.reload()
      await chat.answered()
      expect(prompts()).toEqual(['Hello'])
    })

    it('waits behind others, and is sent after them, each once', async () => {
      const chat = await app.open()
      await setOnline(chat, false)
      await chat.send('One')
      await chat.send('Two')
      await whenShown(chat, 2)
      await chat.page.reload()
      await chat.page.getByText('You are offline.').waitFor()
      expect(await bubbles(chat.page)).toEqual(['One', 'Two'])
      await setOnline(chat, true)
      await whenShown(chat, 4)
      await chat.answered()
      await chat.page.getByText('You asked: “Two”').waitFor()
      expect(await bubbles(chat.page)).toEqual(['One', 'Two'])
      expect(prompts()).toEqual(['One', 'Two'])
    })

    it('is taken back by stopping it, after a reload too', async () => {
      const chat = await openWaiting()
      await chat.button('Stop').click()
      await chat.page.getByText('You are offline.').waitFor({ state: 'detached' })
      await setOnline(chat, true)
      await chat.button('Ask again').waitFor()
      expect(prompts()).toEqual([])
    })
  })
}
