import { type ChatClient, createChatSession } from '@chatstream/core'
import { brief, createFakeClient } from '@chatstream/fake-chat'
import { dehydrate, hydrate, QueryObserver } from '@tanstack/react-query'
import { act, cleanup, render, renderHook } from '@testing-library/react'
import { Activity, startTransition, useEffect, useLayoutEffect, useState, version } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  type ChatStreamOptions,
  chatKeys,
  chatOptions,
  useChatMessage,
  useChatSelector,
  useChatStream,
} from '../src/index.js'
import { createQueryClient, message, mountChat, pageOf, soon } from './mount-chat.js'

afterEach(cleanup)

const isReact18 = version.startsWith('18.')

describe('two components with one id', () => {
  it('share one conversation and one request', async () => {
    const first = mountChat()
    const second = mountChat({ queryClient: first.queryClient, client: first.client })
    await first.send()
    await act(async () => first.client.last().write('Good'))
    expect(second.chat()).toMatchObject({ status: 'streaming', messages: first.chat().messages })
    act(() => second.chat().stop())
    expect(first.chat().status).toBe('ready')
    await second.send('Again')
    expect(brief(first.chat().messages)).toEqual(['user: Hello', 'assistant (aborted): Good', 'user: Again'])
    expect(first.client.requests.length).toBe(2)
  })

  it('one goes: the other sees the rest', async () => {
    const first = mountChat()
    const second = mountChat({ queryClient: first.queryClient, client: first.client })
    await first.send()
    await act(async () => first.client.last().write('Good'))
    first.unmount()
    await soon()
    expect(first.client.last().isClosed()).toBe(false)
    await act(async () => first.client.last().finish(' day'))
    expect(brief(second.chat().messages)).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('each sends with its own client and model', async () => {
    const first = mountChat({ model: 'first' })
    const second = mountChat({ queryClient: first.queryClient, model: 'second' })
    await first.send()
    await act(async () => first.client.last().finish('1'))
    await second.send('Again')
    expect(first.client.requests.map(({ request }) => request.model)).toEqual(['first'])
    expect(second.client.requests.map(({ request }) => request.model)).toEqual(['second'])
    expect(second.client.last().request.messages.length).toBe(3)
  })
})

describe('an answer that was on its way when the page was left', () => {
  const question = { ...message('q', 'user', 'Hello'), streamId: 'stream-1' }

  /** What a page does: each of its components asks for it when it is mounted. */
  const resumeAtMount = (history: Partial<ChatStreamOptions>) => {
    const client = createFakeClient()
    const resumed: string[] = []
    const keeping: ChatClient = {
      stream: client.stream,
      resume(streamId) {
        resumed.push(streamId)
        return client.stream({ model: 'm', messages: [] })
      },
    }
    const queryClient = createQueryClient()
    const Chat = () => {
      const { messages, resume } = useChatStream({
        id: '1',
        client: keeping,
        model: 'm',
        pace: false,
        ...history,
      })
      useEffect(() => {
        void resume()
      }, [resume])
      return <p>{brief(messages)?.join('; ')}</p>
    }
    const view = render(
      <>
        <Chat />
        <Chat />
      </>,
      { wrapper: pageOf(queryClient) },
    )
    return { client, resumed, view }
  }

  it.each([
    ['known', { initialMessages: [question] }],
    ['to be loaded', { load: async () => [question] }],
  ])('is picked up by one request, however many components ask: history %s', async (_, history) => {
    const { client, resumed, view } = resumeAtMount(history)
    await soon()
    expect(resumed).toEqual(['stream-1'])
    await act(async () => client.last().finish('Good day'))
    const shown = [...view.container.querySelectorAll('p')].map(({ textContent }) => textContent)
    expect(shown).toEqual(['user: Hello; assistant: Good day', 'user: Hello; assistant: Good day'])
  })
})

describe('when the last component goes', () => {
  it('stops the answer; what came is kept', async () => {
    const { client, send, stored, unmount } = mountChat()
    await send()
    await act(async () => client.last().write('Good'))
    unmount()
    await soon()
    expect(client.last().isClosed()).toBe(true)
    expect(stored()).toEqual(['user: Hello', 'assistant (aborted): Good'])
  })

  it('goes on with `continue`, and is there for the next one, with no request more', async () => {
    const { client, queryClient, send, stored, unmount } = mountChat({ whenUnused: 'continue' })
    await send()
    await act(async () => client.last().write('Good'))
    unmount()
    await soon()
    const again = mountChat({ queryClient, client })
    expect(again.chat().status).toBe('streaming')
    again.rerender({ whenUnused: 'continue' })
    again.unmount()
    await soon()
    client.last().finish(' day')
    expect(stored()).toEqual(['user: Hello', 'assistant: Good day'])
    expect(client.requests.length).toBe(1)
  })

  it('asks the last of those that go together', async () => {
    const first = mountChat()
    const second = mountChat({
      queryClient: first.queryClient,
      client: first.client,
      whenUnused: 'continue',
    })
    await first.send()
    first.unmount()
    second.unmount()
    await soon()
    expect(first.client.last().isClosed()).toBe(false)
  })

  it('asks the one that goes, not the one that came last', async () => {
    const { client, queryClient, send, unmount } = mountChat({ whenUnused: 'continue' })
    await send()
    mountChat({ queryClient, client, whenUnused: 'stop' }).unmount()
    await soon()
    unmount()
    await soon()
    expect(client.last().isClosed()).toBe(false)
  })

  it('asks the one that goes, whatever the query was made with', async () => {
    const queryClient = createQueryClient()
    const other = createQueryClient()
    other.setQueryData(chatKeys.messages('1'), [message('0', 'user', 'Before')])
    hydrate(queryClient, dehydrate(other))
    const { client, send, unmount } = mountChat({ queryClient, whenUnused: 'continue' })
    await send()
    unmount()
    await soon()
    expect(client.last().isClosed()).toBe(false)
  })

  it('counts whoever observes the query', async () => {
    const { client, queryClient, send, unmount } = mountChat()
    const leave = new QueryObserver(queryClient, chatOptions({ id: '1' })).subscribe(() => {})
    await send()
    unmount()
    await soon()
    expect(client.last().isClosed()).toBe(false)
    leave()
    await soon()
    expect(client.last().isClosed()).toBe(true)
  })

  it('does not stop for a component that moves', async () => {
    const client = createFakeClient()
    const Chat = () => {
      const { sendMessage } = useChatStream({ id: '1', client, model: 'm' })
      return <button type="button" onClick={() => sendMessage('Hello')} />
    }
    const { container, rerender } = render(<Chat key="a" />, { wrapper: pageOf(createQueryClient()) })
    await act(async () => container.querySelector('button')?.click())
    rerender(<Chat key="b" />)
    await soon()
    expect(client.last().isClosed()).toBe(false)
    expect(client.requests.length).toBe(1)
  })

  it.skipIf(isReact18)('takes a hidden Activity for gone', async () => {
    const client = createFakeClient()
    let chat: ReturnType<typeof useChatStream> | undefined
    const Chat = () => {
      chat = useChatStream({ id: '1', client, model: 'm', pace: false })
      return null
    }
    const Page = ({ mode }: { mode: 'visible' | 'hidden' }) => (
      <Activity mode={mode}>
        <Chat />
      </Activity>
    )
    const { rerender } = render(<Page mode="visible" />, { wrapper: pageOf(createQueryClient()) })
    await act(async () => void chat?.sendMessage('Hello'))
    await act(async () => client.last().write('Good'))
    rerender(<Page mode="hidden" />)
    await soon()
    expect(client.last().isClosed()).toBe(true)
    rerender(<Page mode="visible" />)
    expect(brief(chat?.messages)).toEqual(['user: Hello', 'assistant (aborted): Good'])
  })
})

describe('renders', () => {
  it('of a bare component are those of the messages, not those of the query', async () => {
    const { queryClient, renders } = mountChat({ initialMessages: [message('0', 'user', 'Before')] })
    await soon()
    const before = renders()
    await act(() => queryClient.invalidateQueries({ queryKey: chatKeys.all }))
    await soon()
    expect(renders()).toBe(before)
  })

  it('show one state in all components, also within a transition', async () => {
    const client = createFakeClient()
    const torn: string[] = []
    let seen: string[] = []
    const Reader = () => {
      const { messages } = useChatStream({ id: '1', client, model: 'm', pace: false })
      const text = brief(messages)?.join('|') ?? ''
      useLayoutEffect(() => {
        seen.push(text)
      })
      return text
    }
    let addReaders = (): void => {}
    let send = (): unknown => undefined
    const Page = () => {
      const { messages, sendMessage } = useChatStream({ id: '1', client, model: 'm', pace: false })
      const [count, setCount] = useState(1)
      addReaders = () => startTransition(() => setCount(20))
      send = () => sendMessage('Hello')
      useLayoutEffect(() => {
        const all = new Set([...seen, brief(messages)?.join('|') ?? ''])
        if (all.size > 1) torn.push([...all].join(' / '))
        seen = []
      })
      return Array.from({ length: count }, (_, at) => <Reader key={String(at)} />)
    }
    render(<Page />, { wrapper: pageOf(createQueryClient()) })
    await act(async () => void send())
    await act(async () => {
      client.last().write('a')
      addReaders()
      for (const piece of 'bcdef') {
        await new Promise((resolve) => setTimeout(resolve))
        client.last().write(piece)
      }
    })
    expect(torn).toEqual([])
  })
})

describe('useChatSelector', () => {
  it('renders with its part alone, and is no audience', async () => {
    const { client, queryClient, send, unmount } = mountChat()
    const load = vi.fn()
    queryClient.setQueryDefaults(chatKeys.all, { queryFn: load })
    const shown: [string, string][] = []
    const Entry = ({ id }: { id: string }) => {
      shown.push([id, useChatSelector(id, ({ status }) => status)])
      return null
    }
    render(<Entry id="1" />, { wrapper: pageOf(queryClient) })
    render(<Entry id="2" />, { wrapper: pageOf(queryClient) })
    await send()
    await act(async () => client.last().write('Good'))
    const before = shown.length
    await act(async () => client.last().write(' day'))
    expect(shown.length).toBe(before)
    expect(shown.at(-1)).toEqual(['1', 'streaming'])
    expect(shown.filter(([id]) => id === '2').every(([, status]) => status === 'ready')).toBe(true)
    unmount()
    await soon()
    expect(client.last().isClosed()).toBe(true)
    expect(shown.at(-1)).toEqual(['1', 'ready'])
    expect(load).not.toHaveBeenCalled()
  })

  it('reads a session of your own', () => {
    const session = createChatSession({ id: 's', client: createFakeClient(), model: 'm' })
    const { result } = renderHook(() => useChatSelector(session, ({ status }) => status))
    expect(result.current).toBe('ready')
  })
})

describe('useChatMessage', () => {
  it('finds the message of a conversation, and the new one after a removal', async () => {
    const { client, queryClient, send, chat } = mountChat({
      initialMessages: [message('0', 'user', 'Before')],
    })
    let shown: readonly string[] | undefined
    const Row = ({ id }: { id: string }) => {
      const row = useChatMessage('1', id)
      shown = brief(row && [row])
      return null
    }
    render(<Row id="0" />, { wrapper: pageOf(queryClient) })
    expect(shown).toEqual(['user: Before'])
    act(() => queryClient.removeQueries({ queryKey: chatKeys.messages('1') }))
    expect(shown).toEqual(['user: Before']) // the initial messages of the new conversation
    await send()
    await act(async () => client.last().finish('Good day'))
    cleanup()
    render(<Row id={chat().messages[2]?.id as string} />, { wrapper: pageOf(queryClient) })
    expect(shown).toEqual(['assistant: Good day'])
    cleanup()
    render(<Row id="none" />, { wrapper: pageOf(queryClient) })
    expect(shown).toBeUndefined()
  })
})
