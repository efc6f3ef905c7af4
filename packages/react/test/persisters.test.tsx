import { brief, createFakeClient } from '@chatstream/fake-chat'
import { createAsyncStoragePersister } from '@tanstack/query-async-storage-persister'
import { onlineManager, type QueryClient } from '@tanstack/react-query'
import {
  experimental_createQueryPersister,
  PersistQueryClientProvider,
} from '@tanstack/react-query-persist-client'
import { act, cleanup, render, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type CachedChatStream,
  type ChatStreamOptions,
  chatKeys,
  setSendDefaults,
  useChatStream,
} from '../src/index.js'
import { createGate, createQueryClient, message, mountChat, soon } from './mount-chat.js'

afterEach(() => {
  cleanup()
  onlineManager.setOnline(true)
})

const before = message('0', 'user', 'Before')

/** As AsyncStorage and IndexedDB are: it answers later. */
const createStorage = () => {
  const texts = new Map<string, string>()
  return {
    texts,
    getItem: async (key: string) => texts.get(key),
    async setItem(key: string, value: string): Promise<void> {
      texts.set(key, value)
    },
    async removeItem(key: string): Promise<void> {
      texts.delete(key)
    },
  }
}

type Storage = ReturnType<typeof createStorage>

/** One life of a page whose cache is stored whole. */
const openPage = (storage: Storage, options: Partial<ChatStreamOptions> = {}) => {
  const client = createFakeClient()
  const queryClient = createQueryClient()
  setSendDefaults(queryClient, { client })
  const persister = createAsyncStoragePersister({ storage, throttleTime: 0 })
  let shown: CachedChatStream | undefined
  const Chat = () => {
    shown = useChatStream({ id: '1', client, model: 'm', pace: false, ...options })
    return null
  }
  const { unmount } = render(
    <PersistQueryClientProvider
      client={queryClient}
      persistOptions={{ persister }}
      onSuccess={() => queryClient.resumePausedMutations()}
    >
      <Chat />
    </PersistQueryClientProvider>,
  )
  return {
    client,
    queryClient,
    unmount,
    chat: () => shown as CachedChatStream,
    shown: () => brief(shown?.messages),
    stored: () => storage.texts.get('REACT_QUERY_OFFLINE_CACHE') ?? '',
  }
}

const settled = () => act(() => new Promise((resolve) => setTimeout(resolve, 20)))

describe('a persister of the whole cache', () => {
  it('brings the conversation back, before what it would begin with', async () => {
    const storage = createStorage()
    const first = openPage(storage, { initialMessages: [before] })
    await soon()
    await act(async () => void first.chat().sendMessage('Hello'))
    await act(async () => first.client.last().finish('Good day'))
    await waitFor(() => expect(first.stored()).toContain('Good day'))
    first.unmount()
    const second = openPage(storage, { initialMessages: [message('9', 'user', 'Otherwise')] })
    expect(second.shown()).toEqual(['user: Otherwise'])
    await soon()
    expect(second.shown()).toEqual(['user: Before', 'user: Hello', 'assistant: Good day'])
    expect(second.client.requests.length).toBe(0)
  })

  it('stores no half of an answer', async () => {
    const storage = createStorage()
    const { chat, client, stored } = openPage(storage)
    await soon()
    await act(async () => void chat().sendMessage('Hello'))
    await act(async () => client.last().write('Good'))
    await waitFor(() => expect(stored()).toContain('Hello'))
    await settled()
    expect(stored()).not.toContain('streaming')
    expect(stored()).not.toContain('Good')
  })

  it('keeps what was sent offline, and sends it once, after the reload, when there is a network', async () => {
    const storage = createStorage()
    const first = openPage(storage)
    await soon()
    await act(async () => onlineManager.setOnline(false))
    await act(async () => void first.chat().sendMessage('Hello'))
    await waitFor(() => expect(first.stored()).toContain('"isPaused":true'))
    // A reload ends the page without a word to anyone.
    const json = new Map(storage.texts)
    first.unmount()
    first.queryClient.clear()
    storage.texts.clear()
    for (const [key, value] of json) storage.texts.set(key, value)
    const second = openPage(storage)
    await soon()
    expect(second.shown()).toEqual(['user: Hello'])
    expect(second.chat()).toMatchObject({ isPaused: true })
    expect(second.client.requests.length).toBe(0)
    await act(async () => onlineManager.setOnline(true))
    await soon()
    expect(second.client.requests.length).toBe(1)
    await act(async () => second.client.last().finish('Good day'))
    expect(second.shown()).toEqual(['user: Hello', 'assistant: Good day'])
    expect(second.chat().isPaused).toBe(false)
    await waitFor(() => expect(second.stored()).toContain('Good day'))
    expect(first.client.requests.length).toBe(0)
  })

  it('does not lose the history to a message that was sent before it was back', async () => {
    const storage = createStorage()
    const first = openPage(storage)
    await soon()
    act(() => first.chat().setMessages([before]))
    await waitFor(() => expect(first.stored()).toContain('Before'))
    first.unmount()
    const gate = createGate<void>()
    const second = openPage({
      ...storage,
      async getItem(key) {
        await gate.passed
        return storage.getItem(key)
      },
    })
    await act(async () => void second.chat().sendMessage('Hello'))
    await soon()
    expect(second.shown()).toEqual(['user: Hello'])
    expect(second.client.requests.length).toBe(0)
    await act(async () => gate.open())
    await soon()
    expect(second.client.last().request.messages.length).toBe(2)
    await act(async () => second.client.last().finish('Good day'))
    expect(second.shown()).toEqual(['user: Before', 'user: Hello', 'assistant: Good day'])
  })
})

describe('a persister of each query', () => {
  const openTab = (storage: Storage): QueryClient => {
    const queryClient = createQueryClient()
    const persister = experimental_createQueryPersister({ storage })
    queryClient.setQueryDefaults(chatKeys.all, { persister: persister.persisterFn })
    queryClient.getQueryCache().subscribe(({ type, query }) => {
      if (type === 'updated' && query.state.status === 'success') {
        void persister.persistQueryByKey(query.queryKey, queryClient)
      }
    })
    return queryClient
  }

  it('keeps the chats of two tabs apart, and what was sent before one was back', async () => {
    const storage = createStorage()
    for (const id of ['1', '2']) {
      const { client, send } = mountChat({ queryClient: openTab(storage), id })
      await soon()
      await send(`To ${id}`)
      await act(async () => client.last().finish('Good day'))
      await soon()
    }
    for (const id of ['1', '2']) {
      const { chat, client, send } = mountChat({ queryClient: openTab(storage), id })
      await send('Again')
      await soon()
      expect(brief(chat().messages)).toEqual([`user: To ${id}`, 'assistant: Good day', 'user: Again'])
      expect(client.last().request.messages.length).toBe(3)
    }
  })
})
