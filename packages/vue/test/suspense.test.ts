import { brief, createFakeClient, message } from '@chatstream/fake-chat'
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, h, ref, Suspense } from 'vue'
import { type ChatStream, useChatStream } from '../src/index.js'

const start = (load: () => Promise<readonly ReturnType<typeof message>[]>) => {
  const client = createFakeClient()
  const isShown = ref(true)
  const chats: ChatStream[] = []
  const Chat = defineComponent({
    async setup() {
      const chat = useChatStream({ id: '1', client, model: 'm', pace: false })
      chats.push(chat)
      chat.setMessages(await load())
      return () => h('p', brief(chat.messages.value)?.join(', '))
    },
  })
  const page = mount(() =>
    isShown.value ? h(Suspense, {}, { default: () => h(Chat), fallback: () => h('p', 'Loading') }) : null,
  )
  return { client, chats, isShown, page }
}

it('a component that waits for its history shows it, and then the answer', async () => {
  const { client, chats, page } = start(async () => [message('0', 'user', 'Before')])
  expect(page.text()).toBe('Loading')
  await flushPromises()
  expect(page.text()).toBe('user: Before')
  void chats[0]?.sendMessage('Hello')
  client.last().finish('Good day')
  await flushPromises()
  expect(page.text()).toBe('user: Before, user: Hello, assistant: Good day')
  expect(chats.length).toBe(1)
  page.unmount()
})

it('one that goes while it waits stops what it had sent', async () => {
  const { client, chats, isShown, page } = start(() => new Promise(() => {}))
  void chats[0]?.sendMessage('Hello')
  client.last().write('Good')
  isShown.value = false
  await flushPromises()
  expect(client.last().isClosed()).toBe(true)
  page.unmount()
})
