import { brief, createFakeClient, type FakeClient } from '@chatstream/fake-chat'
import {
  type DehydratedState,
  dehydrate,
  hydrate,
  onlineManager,
  type QueryClient,
  QueryObserver,
  useIsMutating,
} from '@tanstack/react-query'
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ChatStreamOptions, chatKeys, setSendDefaults } from '../src/index.js'
import { createGate, createQueryClient, message, mountChat, pageOf, soon } from './mount-chat.js'

afterEach(() => {
  cleanup()
  onlineManager.setOnline(true)
})

const goOnline = async (isOnline: boolean): Promise<void> => {
  await act(async () => onlineManager.setOnline(isOnline))
  await soon()
}

/** What a persister writes and reads: JSON of the cache. */
const stored = (queryClient: ReturnType<typeof createQueryClient>) =>
  JSON.parse(JSON.stringify(dehydrate(queryClient)))

describe('a send', () => {
  it('is a mutation until the answer begins', async () => {
    const { client, queryClient, send } = mountChat()
    const { result } = renderHook(() => useIsMutating({ mutationKey: chatKeys.send('1') }), {
      wrapper: pageOf(queryClient),
    })
    await send()
    await soon()
    expect(result.current).toBe(1)
    await act(async () => client.last().write('Good'))
    await soon()
    expect(result.current).toBe(0)
    expect(client.last().isClosed()).toBe(false)
  })

  it('ends with the head of the response: a model may think long before its first word', async () => {
    const { client, queryClient, send } = mountChat()
    await send()
    await act(async () =>
      client
        .last()
        .emit({ type: 'response-start', attempt: 1, endpoint: 'https://fake.example/v1', status: 200 }),
    )
    expect(queryClient.isMutating()).toBe(0)
  })

  it('is not tried again by the cache, whatever its defaults are', async () => {
    const { client, queryClient, send } = mountChat()
    queryClient.setDefaultOptions({ mutations: { retry: 3, retryDelay: 0 } })
    await send()
    await act(async () => client.last().fail(new Error('no')))
    await soon()
    expect(queryClient.getMutationCache().getAll()[0]?.state.status).toBe('error')
    expect(client.requests.length).toBe(1)
  })

  it('that waits its turn does not hold back the refetch of another query on focus', async () => {
    const { queryClient, send } = mountChat()
    await send('1')
    await send('2')
    const queryFn = vi.fn(async () => 'news')
    const leave = new QueryObserver(queryClient, { queryKey: ['news'], queryFn }).subscribe(() => {})
    await soon()
    await act(() => queryClient.resumePausedMutations())
    await act(() => queryClient.refetchQueries({ queryKey: ['news'] }))
    expect(queryFn).toHaveBeenCalledTimes(2)
    leave()
  })
})

describe('offline', () => {
  it('shows the message, keeps it in the cache, and sends it when the network is back', async () => {
    const { chat, client, queryClient, send } = mountChat()
    await goOnline(false)
    await send()
    await soon()
    expect(chat()).toMatchObject({ status: 'submitted', isPaused: true })
    expect(brief(chat().messages)).toEqual(['user: Hello'])
    expect(brief(queryClient.getQueryData(chatKeys.messages('1')))).toEqual(['user: Hello'])
    expect(client.requests.length).toBe(0)
    await goOnline(true)
    expect(chat().isPaused).toBe(false)
    await act(async () => client.last().finish('Good day'))
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant: Good day'])
    expect(client.requests.length).toBe(1)
  })

  it('a conversation without a server is not pending', async () => {
    await goOnline(false)
    const { chat } = mountChat()
    await soon()
    expect(chat().history).toMatchObject({ status: 'success', fetchStatus: 'idle' })
  })

  it('back online, other queries are fetched again while the answer still streams', async () => {
    const { client, queryClient, send } = mountChat()
    const queryFn = vi.fn(async () => 'news')
    const leave = new QueryObserver(queryClient, { queryKey: ['news'], queryFn }).subscribe(() => {})
    await soon()
    await goOnline(false)
    await send()
    await goOnline(true)
    expect(queryFn).toHaveBeenCalledTimes(1)
    await act(async () => client.last().write('Good'))
    await soon()
    expect(queryFn).toHaveBeenCalledTimes(2)
    expect(client.last().isClosed()).toBe(false)
    leave()
  })

  it('stop() takes the message back: it stays, and is never sent', async () => {
    const { chat, client, queryClient, send } = mountChat()
    await goOnline(false)
    const sent = chat().sendMessage('First')
    await send('Second')
    act(() => chat().stop())
    await soon()
    expect(await sent).toBeUndefined()
    expect(chat()).toMatchObject({ status: 'ready', isPaused: false })
    expect(brief(chat().messages)).toEqual(['user (aborted): First', 'user (aborted): Second'])
    expect(queryClient.getMutationCache().getAll()).toEqual([])
    await goOnline(true)
    expect(client.requests.length).toBe(0)
  })

  it('stop() takes back what is queued behind an answer', async () => {
    const { chat, client, queryClient, send } = mountChat()
    await send('First')
    await send('Second')
    act(() => chat().stop())
    await soon()
    expect(brief(chat().messages)).toEqual(['user: First', 'user (aborted): Second'])
    expect(client.requests.length).toBe(1)
    expect(queryClient.isMutating()).toBe(0)
  })

  it('an edit takes the place of the message that waits', async () => {
    const { chat, client, send } = mountChat()
    await goOnline(false)
    await send('Helo')
    const messageId = chat().messages[0]?.id as string
    await act(async () => void chat().sendMessage({ text: 'Hello', messageId }))
    await soon()
    await goOnline(true)
    await act(async () => client.last().finish('Good day'))
    expect(client.requests.length).toBe(1)
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('a conversation that is left sends its message when the network is back', async () => {
    const { client, send, stored, unmount } = mountChat()
    await goOnline(false)
    await send()
    unmount()
    await soon()
    await goOnline(true)
    client.last().finish('Good day')
    expect(stored()).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('a conversation that is removed takes its messages along', async () => {
    const { chat, client, queryClient, send } = mountChat()
    await goOnline(false)
    await send()
    await act(async () => queryClient.removeQueries({ queryKey: chatKeys.messages('1') }))
    await goOnline(true)
    expect(client.requests.length).toBe(0)
    expect(queryClient.getMutationCache().getAll()).toEqual([])
    expect(chat()).toMatchObject({ messages: [], status: 'ready' })
  })
})

describe('after a reload', () => {
  /** A page that is left with a message that waits for the network, and what it has persisted. */
  const leaveOffline = async (options: Partial<ChatStreamOptions> = {}) => {
    const old = mountChat({ model: 'old', request: { temperature: 0 }, ...options })
    await goOnline(false)
    await old.send()
    await soon()
    const json = stored(old.queryClient)
    old.unmount()
    old.queryClient.clear()
    return { json, old }
  }

  const openPage = (json: Partial<DehydratedState>, before = (_: QueryClient, __: FakeClient) => {}) => {
    const queryClient = createQueryClient()
    const client = createFakeClient()
    setSendDefaults(queryClient, { client })
    before(queryClient, client)
    hydrate(queryClient, json)
    return mountChat({ queryClient, client })
  }

  const reload = async (before = () => {}) => {
    const { json, old } = await leaveOffline()
    before()
    return { ...openPage(json), old }
  }

  it('the message is there, and is sent once when the network is back', async () => {
    const { chat, client, old, queryClient } = await reload()
    await soon()
    expect(brief(chat().messages)).toEqual(['user: Hello'])
    expect(chat()).toMatchObject({ status: 'submitted', isPaused: true })
    await act(() => queryClient.resumePausedMutations())
    expect(client.requests.length).toBe(0)
    await goOnline(true)
    expect(client.last().request).toMatchObject({ model: 'old', temperature: 0 })
    await act(async () => client.last().finish('Good day'))
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant: Good day'])
    expect(chat().isPaused).toBe(false)
    expect(client.requests.length).toBe(1)
    expect(old.client.requests.length).toBe(0)
  })

  it('stop() takes it back', async () => {
    const { chat, client } = await reload()
    act(() => chat().stop())
    await soon()
    expect(brief(chat().messages)).toEqual(['user (aborted): Hello'])
    expect(chat().isPaused).toBe(false)
    await goOnline(true)
    expect(client.requests.length).toBe(0)
  })

  it('asking again by hand takes its place', async () => {
    const { chat, client } = await reload()
    await act(async () => void chat().regenerate())
    await goOnline(true)
    await act(async () => client.last().finish('Good day'))
    await soon()
    expect(client.requests.length).toBe(1)
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('asking again by hand takes its place, also if nobody has resumed it by then', async () => {
    const { chat, client, queryClient } = await reload(() => onlineManager.setOnline(true))
    await act(async () => void chat().regenerate())
    await act(async () => client.last().finish('Good day'))
    await act(() => queryClient.resumePausedMutations())
    await soon()
    expect(client.requests.length).toBe(1)
  })

  it('the message is there, and can be taken back, if its conversation was not persisted', async () => {
    const { json } = await leaveOffline()
    const { chat, client, queryClient } = openPage({ ...json, queries: [] })
    await soon()
    expect(brief(chat().messages)).toEqual(['user: Hello'])
    expect(chat()).toMatchObject({ status: 'submitted', isPaused: true })
    act(() => chat().stop())
    await soon()
    expect(brief(chat().messages)).toEqual(['user (aborted): Hello'])
    expect(queryClient.getMutationCache().getAll()).toEqual([])
    await goOnline(true)
    expect(client.requests.length).toBe(0)
  })

  it('what is sent next waits behind it', async () => {
    const { chat, client, queryClient, send } = await reload(() => onlineManager.setOnline(true))
    await send('Again')
    await soon()
    expect(client.requests.length).toBe(0)
    await act(async () => void queryClient.resumePausedMutations())
    await soon()
    await act(async () => client.last().finish('Good day'))
    await act(async () => client.last().finish('Once more'))
    expect(brief(chat().messages)).toEqual([
      'user: Hello',
      'assistant: Good day',
      'user: Again',
      'assistant: Once more',
    ])
  })

  it('what a component begins with does not pass for newer than what is brought back', async () => {
    const { json } = await leaveOffline({ initialMessages: [message('0', 'user', 'Before')] })
    const queryClient = createQueryClient()
    setSendDefaults(queryClient, { client: createFakeClient() })
    const { chat } = mountChat({ queryClient, initialMessages: [message('9', 'user', 'Otherwise')] })
    await act(async () => hydrate(queryClient, json))
    expect(brief(chat().messages)).toEqual(['user: Before', 'user: Hello'])
  })

  it('a message whose conversation was collected meanwhile is sent all the same', async () => {
    const { json } = await leaveOffline()
    const client = createFakeClient()
    const queryClient = createQueryClient()
    queryClient.setQueryDefaults(chatKeys.all, { gcTime: 0 })
    setSendDefaults(queryClient, { client })
    hydrate(queryClient, json)
    await soon()
    expect(queryClient.getQueryData(chatKeys.messages('1'))).toBeUndefined()
    await goOnline(true)
    expect(client.last().request.messages).toEqual([{ role: 'user', content: 'Hello' }])
  })

  it('a stopped message is not sent, not even if the network is back at once', async () => {
    const { json } = await leaveOffline()
    const { chat, client, queryClient } = openPage(json, (queryClient, client) =>
      setSendDefaults(queryClient, { client }),
    )
    await soon()
    act(() => chat().stop())
    await goOnline(true)
    expect(client.requests.length).toBe(0)
    expect(queryClient.isMutating()).toBe(0)
  })

  it('it is sent with its history, without a component too', async () => {
    const queryClient = createQueryClient()
    const client = createFakeClient()
    const gate = createGate<readonly ReturnType<typeof message>[]>()
    const chat = vi.fn(() => ({ load: () => gate.passed }))
    setSendDefaults(queryClient, { client, chat })
    const question = message('q', 'user', 'Hello')
    const mutationKey = chatKeys.send('1')
    const variables = { id: '1', question, model: 'm' }
    const state = {
      status: 'pending' as const,
      isPaused: true,
      variables,
      failureCount: 0,
      submittedAt: 1,
      context: undefined,
      data: undefined,
      error: null,
      failureReason: null,
    }
    hydrate(queryClient, { queries: [], mutations: [{ mutationKey, state }] })
    const resumed = queryClient.resumePausedMutations()
    await soon()
    expect(client.requests.length).toBe(0)
    gate.open([message('0', 'user', 'Before')])
    await soon()
    expect(client.last().request.messages.length).toBe(2)
    client.last().finish('Good day')
    await resumed
    expect(chat).toHaveBeenCalledWith('1')
    expect(brief(queryClient.getQueryData(chatKeys.messages('1')))).toEqual([
      'user: Before',
      'user: Hello',
      'assistant: Good day',
    ])
  })
})

describe('what is persisted in mid-stream', () => {
  it('is the settled part: no message that streams for ever', async () => {
    const { client, queryClient, send } = mountChat({ initialMessages: [message('0', 'user', 'Before')] })
    await send()
    await act(async () => client.last().write('Good'))
    const { queries, mutations } = stored(queryClient)
    expect(brief(queries[0].state.data)).toEqual(['user: Before', 'user: Hello'])
    expect(mutations).toEqual([])
  })

  it('is written a few times, not once a piece', async () => {
    const { client, queryClient, send } = mountChat()
    await soon()
    let writes = 0
    const leave = queryClient.getQueryCache().subscribe(({ type }) => {
      if (type === 'updated') writes++
    })
    await send()
    await act(async () => client.last().write(...Array.from({ length: 20 }, () => 'word ')))
    await act(async () => client.last().finish())
    leave()
    expect(writes).toBe(2)
  })
})
