import { createMemoryStore, type Message, mergeMessages } from '@chatstream/core'
import { brief, createFakeClient, message } from '@chatstream/fake-chat'
import { mount } from '@vue/test-utils'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createApp, defineComponent, h, KeepAlive, nextTick, provide, ref } from 'vue'
import { type ChatStream, chatSessionsKey, createChatSessions, useChatStream } from '../src/index.js'
import { mountChat, soon } from './mount-chat.js'

describe('two components with one id', () => {
  it('share one conversation and one request', () => {
    const first = mountChat()
    const second = mountChat({ sessions: first.sessions, client: first.client })
    first.send()
    first.client.last().write('Good')
    expect(second.chat.status.value).toBe('streaming')
    expect(second.chat.messages.value).toBe(first.chat.messages.value)
    second.chat.stop()
    expect(first.chat.status.value).toBe('ready')
    second.send('Again')
    expect(brief(first.chat.messages.value)).toEqual([
      'user: Hello',
      'assistant (aborted): Good',
      'user: Again',
    ])
    expect(first.client.requests.length).toBe(2)
  })

  it('one goes: the other sees the rest', async () => {
    const first = mountChat()
    const second = mountChat({ sessions: first.sessions, client: first.client })
    first.send()
    first.client.last().write('Good')
    first.page.unmount()
    await soon()
    expect(first.client.last().isClosed()).toBe(false)
    first.client.last().finish(' day')
    expect(brief(second.chat.messages.value)).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('each sends with its own client and model', () => {
    const first = mountChat({ model: 'first' })
    const second = mountChat({ sessions: first.sessions, model: 'second' })
    first.send()
    first.client.last().finish('1')
    second.send('Again')
    expect(first.client.requests.map(({ request }) => request.model)).toEqual(['first'])
    expect(second.client.last().request).toMatchObject({ model: 'second' })
    expect(second.client.last().request.messages.length).toBe(3)
  })

  it('share them by their app alone, without a plugin; another app has its own', () => {
    const client = createFakeClient()
    const open = (): ChatStream[] => {
      const chats: ChatStream[] = []
      const Chat = defineComponent(() => {
        chats.push(useChatStream({ id: '1', client, model: 'm', pace: false }))
        return () => null
      })
      const app = createApp(() => [h(Chat), h('div', h(Chat))])
      app.mount(document.createElement('div'))
      onTestFinished(() => app.unmount())
      return chats
    }
    const [first, second] = open()
    const [other] = open()
    void first?.sendMessage('Hello')
    expect(second?.messages.value.length).toBe(1)
    expect(other?.messages.value.length).toBe(0)
  })

  it('share them below a provide, and not with the rest of the app', () => {
    const client = createFakeClient()
    const chats: ChatStream[] = []
    const Chat = defineComponent(() => {
      chats.push(useChatStream({ id: '1', client, model: 'm', pace: false }))
      return () => null
    })
    const Part = defineComponent(() => {
      provide(chatSessionsKey, createChatSessions())
      return () => [h(Chat), h(Chat)]
    })
    const page = mount(() => [h(Chat), h(Part)])
    void chats[1]?.sendMessage('Hello')
    expect(chats.map(({ messages }) => messages.value.length)).toEqual([0, 1, 1])
    page.unmount()
  })

  it('without an id, they have two conversations', () => {
    const first = mountChat({ id: undefined })
    const second = mountChat({ id: undefined, sessions: first.sessions })
    first.send()
    expect(first.chat.id.value).not.toBe(second.chat.id.value)
    expect(second.chat.messages.value).toEqual([])
  })
})

describe('when the last component goes', () => {
  it('the answer stops, what came stays, and is there for the next one', async () => {
    const { client, page, send, sessions } = mountChat()
    send()
    client.last().write('Good')
    page.unmount()
    await soon()
    expect(client.last().isClosed()).toBe(true)
    const again = mountChat({ sessions, initialMessages: [message('0', 'user', 'Older')] })
    expect(brief(again.chat.messages.value)).toEqual(['user: Hello', 'assistant (aborted): Good'])
  })

  it('it goes on with `continue`, and is there for the next one, with no request more', async () => {
    const { client, page, send, sessions } = mountChat({ whenUnused: 'continue' })
    send()
    client.last().write('Good')
    page.unmount()
    await soon()
    const again = mountChat({ sessions, client })
    expect(again.chat.status.value).toBe('streaming')
    again.change({ whenUnused: 'continue' })
    again.page.unmount()
    await soon()
    client.last().finish(' day')
    expect(sessions.toJSON().map(({ messages }) => brief(messages))).toEqual([
      ['user: Hello', 'assistant: Good day'],
    ])
    expect(client.requests.length).toBe(1)
  })

  it('asks the last of those that go together', async () => {
    const first = mountChat()
    const second = mountChat({ sessions: first.sessions, whenUnused: 'continue' })
    first.send()
    first.page.unmount()
    second.page.unmount()
    await soon()
    expect(first.client.last().isClosed()).toBe(false)
  })

  it('does not take a component that moves for gone', async () => {
    const client = createFakeClient()
    const key = ref('a')
    let chat: ChatStream | undefined
    const Chat = defineComponent(() => {
      chat = useChatStream({ id: '1', client, model: 'm', pace: false })
      return () => null
    })
    const page = mount(() => h(Chat, { key: key.value }))
    void chat?.sendMessage('Hello')
    client.last().write('Good')
    const before = chat
    key.value = 'b'
    await soon()
    expect(chat).not.toBe(before)
    expect(client.last().isClosed()).toBe(false)
    expect(chat?.status.value).toBe('streaming')
    page.unmount()
  })

  it('a conversation without an id is forgotten', () => {
    const { page, send, sessions } = mountChat({ id: undefined })
    send()
    expect(sessions.toJSON().length).toBe(1)
    page.unmount()
    expect(sessions.toJSON()).toEqual([])
  })
})

describe('a conversation that is removed', () => {
  it('stops, and starts anew where it is shown', async () => {
    const { chat, client, send, sessions } = mountChat()
    send()
    client.last().write('Good')
    sessions.remove('1')
    expect(client.last().isClosed()).toBe(true)
    expect([chat.id.value, chat.messages.value, chat.status.value]).toEqual(['1', [], 'ready'])
    send('Again')
    client.last().finish('Good evening')
    expect(brief(chat.messages.value)).toEqual(['user: Again', 'assistant: Good evening'])
  })

  it('is no longer known', () => {
    const sessions = createChatSessions([{ id: '1', initialMessages: [message('0', 'user', 'Before')] }])
    sessions.remove('1')
    sessions.remove('never heard of')
    expect(mountChat({ sessions }).chat.messages.value).toEqual([])
  })
})

describe('a store that has changed elsewhere', () => {
  it('is shown once the sessions are told, also in mid-answer; another conversation is not touched', () => {
    const store = createMemoryStore([message('0', 'user', 'Before')])
    const { chat, client, send, sessions } = mountChat({ store })
    send()
    client.last().write('Good')
    store.update(([first, ...rest]) => [{ ...(first as Message), parts: [] }, ...rest])
    store.update((messages) => mergeMessages(messages, [message('9', 'user', 'Elsewhere')]))
    sessions.refresh('2')
    expect(brief(chat.messages.value)?.[0]).toBe('user: Before')
    sessions.refresh('1')
    expect(brief(chat.messages.value)).toEqual([
      'user: ',
      'user: Hello',
      'assistant (streaming): Good',
      'user: Elsewhere',
    ])
    client.last().finish(' day')
    expect(brief(store.get())).toEqual(['user: ', 'user: Hello', 'assistant: Good day', 'user: Elsewhere'])
  })
})

describe('KeepAlive', () => {
  it('keeps an answer coming behind another page, and shows it again', async () => {
    const client = createFakeClient()
    const isShown = ref(true)
    let chat: ChatStream | undefined
    let setups = 0
    const Chat = defineComponent({
      name: 'ChatPage',
      setup() {
        setups++
        chat = useChatStream({ id: '1', client, model: 'm', pace: false })
        const { messages } = chat
        return () => h('p', brief(messages.value)?.join(', '))
      },
    })
    const page = mount(() => h(KeepAlive, () => (isShown.value ? h(Chat) : h('i'))))
    void chat?.sendMessage('Hello')
    client.last().write('Good')
    isShown.value = false
    await nextTick()
    expect(page.find('p').exists()).toBe(false)
    await soon()
    expect(client.last().isClosed()).toBe(false)
    client.last().finish(' day')
    isShown.value = true
    await nextTick()
    expect(page.text()).toBe('user: Hello, assistant: Good day')
    expect([setups, client.requests.length]).toEqual([1, 1])
    void chat?.sendMessage('Again')
    page.unmount()
    await soon()
    expect(client.last().isClosed()).toBe(true)
  })
})
