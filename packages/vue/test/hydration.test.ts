import { fromJSON } from '@chatstream/core'
import { brief, createFakeClient, message } from '@chatstream/fake-chat'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, type MockInstance, vi } from 'vitest'
import { createSSRApp, defineComponent, h, Suspense } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createChatSessions, useChatStream } from '../src/index.js'

let spies: readonly MockInstance[]
beforeEach(() => {
  spies = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error')]
})
afterEach(() => {
  for (const spy of spies) expect(spy).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})

const before = message('0', 'user', 'Before')

/** A page of two parts that show one conversation, of which the second waits for `late`; both have an id of their own, too. */
const createApp = (client: ReturnType<typeof createFakeClient>, late: Promise<unknown> | undefined) => {
  const setup = (name: string) => {
    const { messages, status, sendMessage } = useChatStream({ id: '1', client, model: 'm', pace: false })
    const { id } = useChatStream({ client, model: 'm' })
    return () =>
      h(
        'button',
        { id: name, title: id.value, onClick: () => sendMessage('Hello') },
        `${status.value}, ${brief(messages.value)?.join(', ')}`,
      )
  }
  const Early = defineComponent(() => setup('early'))
  const Late = defineComponent({
    async setup() {
      const render = setup('late')
      await late
      return render
    },
  })
  return createSSRApp(() => h('main', [h(Early), h(Suspense, null, { default: () => h(Late) })]))
}

const serve = async (late?: Promise<unknown>) => {
  const client = createFakeClient()
  const sessions = createChatSessions([{ id: '1', initialMessages: [before] }])
  const container = document.createElement('div')
  container.innerHTML = await renderToString(createApp(client, undefined).use(sessions))
  const state = JSON.stringify(sessions)
  const served = container.innerHTML
  const app = createApp(client, late).use(createChatSessions(JSON.parse(state).map(fromJSON)))
  app.mount(container)
  const find = (name: string) => container.querySelector<HTMLElement>(`#${name}`)
  return { app, client, container, served, find }
}

it('hydrates what a server has rendered without a warning, and asks nobody', async () => {
  const { app, client, container, find, served } = await serve()
  const element = find('early')
  await flushPromises()
  expect(container.innerHTML).toBe(served)
  expect(find('early')).toBe(element)
  expect(find('late')?.textContent).toBe('ready, user: Before')
  expect(client.requests.length).toBe(0)
  find('late')?.click()
  client.last().finish('Good day')
  await flushPromises()
  expect(find('early')?.textContent).toBe('ready, user: Before, user: Hello, assistant: Good day')
  app.unmount()
})

it('hydrates a late part while its conversation streams, without a warning', async () => {
  let open = (): void => {}
  const { app, client, find } = await serve(
    new Promise<void>((resolve) => {
      open = resolve
    }),
  )
  find('early')?.click()
  client.last().write('Good')
  await flushPromises()
  expect(find('early')?.textContent).toContain('assistant (streaming): Good')
  expect(find('late')?.textContent).toBe('ready, user: Before')
  open()
  await flushPromises()
  expect(find('late')?.textContent).toBe(find('early')?.textContent)
  client.last().finish(' day')
  await flushPromises()
  expect(find('late')?.textContent).toContain('assistant: Good day')
  app.unmount()
})
