import { ChatStreamError, createChatSession, createTools } from '@chatstream/core'
import { brief, createFakeClient } from '@chatstream/fake-chat'
import { act, cleanup, render, renderHook } from '@testing-library/react'
import { useEffect } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { useChatStream } from '../src/index.js'
import { createQueryClient, message, mountChat, pageOf, soon } from './mount-chat.js'

afterEach(cleanup)

const unavailable = new ChatStreamError('upstream', 'Down.', { status: 503, retryable: true })

describe('useChatStream', () => {
  it('shows the question at once, and the answer as it streams', async () => {
    const { chat, client, send } = mountChat()
    expect(chat()).toMatchObject({
      messages: [],
      status: 'ready',
      error: undefined,
      id: '1',
      isPaused: false,
    })
    await send()
    expect(chat()).toMatchObject({ status: 'submitted', attempt: { attempt: 1 } })
    expect(brief(chat().messages)).toEqual(['user: Hello'])
    await act(async () => client.last().write('Good'))
    expect(chat().status).toBe('streaming')
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant (streaming): Good'])
    await act(async () => client.last().finish(' day'))
    expect(chat()).toMatchObject({ status: 'ready', attempt: undefined })
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant: Good day'])
    expect(client.requests.length).toBe(1)
  })

  it('sends the model, the fields of the request and the conversation', async () => {
    const { client, send } = mountChat({
      model: 'deepseek-chat',
      request: { temperature: 0 },
      initialMessages: [message('0', 'system', 'Be brief.')],
    })
    await send()
    expect(client.last().request).toEqual({
      model: 'deepseek-chat',
      temperature: 0,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
    })
  })

  it('stops: what came stays', async () => {
    const { chat, client, send } = mountChat()
    await send()
    await act(async () => client.last().write('Good'))
    act(() => chat().stop())
    expect(client.last().isClosed()).toBe(true)
    expect(chat().status).toBe('ready')
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant (aborted): Good'])
  })

  it('answers again, edits, replaces the messages', async () => {
    const { chat, client, send, stored } = mountChat()
    await send()
    await act(async () => client.last().finish('Good day'))
    await act(async () => void chat().regenerate())
    await act(async () => client.last().finish('Good evening'))
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant: Good evening'])
    const messageId = chat().messages[0]?.id as string
    await act(async () => void chat().sendMessage({ text: 'Bye', messageId }))
    await act(async () => client.last().finish('Good night'))
    expect(brief(chat().messages)).toEqual(['user: Bye', 'assistant: Good night'])
    expect(stored()).toEqual(brief(chat().messages))
    act(() => chat().setMessages((messages) => messages.slice(0, 1)))
    expect(stored()).toEqual(['user: Bye'])
    expect(brief(chat().messages)).toEqual(['user: Bye'])
    expect(client.requests.length).toBe(3)
  })

  it('shows what failed, until it is cleared', async () => {
    const { chat, client, send } = mountChat()
    await send()
    await act(async () => client.last().write('Good'))
    await act(async () => client.last().fail(unavailable))
    expect(chat()).toMatchObject({ status: 'error', error: unavailable })
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant (failed): Good'])
    act(() => chat().clearError())
    expect(chat()).toMatchObject({ status: 'ready', error: undefined })
  })

  it('resolves with the answer, and never rejects', async () => {
    const { chat, client, queryClient } = mountChat()
    const sent = chat().sendMessage('Hello')
    await soon()
    await act(async () => client.last().finish('Good day'))
    expect(brief([(await sent) as never])).toEqual(['assistant: Good day'])
    const failing = chat().sendMessage('Again')
    await soon()
    await act(async () => client.last().fail(unavailable))
    expect(await failing).toMatchObject({ state: 'failed', error: { kind: 'upstream' } })
    const [, send] = queryClient.getMutationCache().getAll()
    expect(send?.state).toMatchObject({ status: 'error', error: { kind: 'upstream', status: 503 } })
    expect(await act(() => chat().sendMessage(''))).toBeUndefined()
    expect(chat().error?.kind).toBe('unsupported')
  })

  it('runs the tools of the newest render, with the client and the model of the send', async () => {
    const options = (result: string) => ({
      model: result,
      tools: createTools({ time: { execute: async () => result } }),
    })
    const { client, rerender, send } = mountChat(options('noon'))
    await send()
    rerender({ ...options('midnight'), client: createFakeClient() })
    await act(async () => {
      client.last().emit({
        type: 'tool-call-delta',
        index: 0,
        toolIndex: 0,
        id: 'c1',
        name: 'time',
        arguments: '{}',
        raw: {},
      })
      client.last().finish()
    })
    await soon()
    expect(client.requests.length).toBe(2)
    expect(client.last().request.model).toBe('noon')
    expect(client.last().request.messages.at(-1)).toMatchObject({ role: 'tool', content: 'midnight' })
  })

  it('takes tool results by hand', async () => {
    const { chat, client, send } = mountChat({ tools: createTools({ ask: {} }) })
    await send()
    await act(async () => {
      client.last().emit({
        type: 'tool-call-delta',
        index: 0,
        toolIndex: 0,
        id: 'c1',
        name: 'ask',
        arguments: '{}',
        raw: {},
      })
      client.last().finish()
    })
    await act(async () => void chat().addToolResult({ toolCallId: 'c1', result: 'yes' }))
    await act(async () => client.last().finish('Fine'))
    expect(brief(chat().messages)).toEqual([
      'user: Hello',
      'assistant: [tool-call]',
      'tool: yes',
      'assistant: Fine',
    ])
  })
})

describe('the functions', () => {
  it('stay the same through renders, answers and inline options', async () => {
    const { chat, client, rerender, send } = mountChat()
    const functionsOf = () => {
      const { sendMessage, stop, regenerate, setMessages, clearError, addToolResult } = chat()
      return [sendMessage, stop, regenerate, setMessages, clearError, addToolResult]
    }
    const before = functionsOf()
    rerender({
      request: {},
      tools: createTools({}),
      initialMessages: [],
      load: async () => [],
      onFinish: () => {},
    })
    await send()
    await act(async () => client.last().finish('Good day'))
    functionsOf().forEach((now, position) => {
      expect(now).toBe(before[position])
    })
  })

  it('go to the conversation that they were made for', async () => {
    const { chat, rerender, stored } = mountChat()
    const { sendMessage } = chat()
    rerender({ id: '2' })
    expect(chat().sendMessage).not.toBe(sendMessage)
    await act(async () => void sendMessage('Hello'))
    expect(stored('1')).toEqual(['user: Hello'])
    expect(chat().messages).toEqual([])
  })
})

describe('the callbacks', () => {
  it('are told of ends, errors and costs: the newest of them', async () => {
    const old = vi.fn()
    const onFinish = vi.fn()
    const onError = vi.fn()
    const onCost = vi.fn()
    const { chat, client, rerender, send } = mountChat({ onFinish: old, onError: old, onCost: old })
    await send()
    rerender({ onFinish, onError, onCost })
    await act(async () => {
      client.last().write('Good')
      client.last().emit({ type: 'choice-end', index: 0, finishReason: 'length', raw: {} })
      client.last().emit({ type: 'answer-end' })
      client.last().emit({ type: 'cost', cost: '0.0012' })
      client.last().end()
    })
    const [question, answer] = chat().messages
    expect(onFinish.mock.calls).toEqual([
      [
        {
          message: expect.objectContaining({ id: answer?.id, state: 'complete' }),
          messages: [question, expect.objectContaining({ id: answer?.id })],
          isAbort: false,
          isDisconnect: false,
          isError: false,
          finishReason: 'length',
        },
      ],
    ])
    expect(onCost.mock.calls).toEqual([[{ message: expect.objectContaining({ id: answer?.id }) }]])
    expect(answer?.cost?.cost).toBe('0.0012')
    await send('Again')
    await act(async () => client.last().fail(new ChatStreamError('network', 'Gone.')))
    expect(onError.mock.calls).toEqual([[chat().error]])
    expect(onFinish.mock.lastCall?.[0]).toMatchObject({ isError: true, isDisconnect: true, isAbort: false })
    await send('Once more')
    await act(async () => client.last().write('Go'))
    act(() => chat().stop())
    expect(onFinish.mock.lastCall?.[0]).toMatchObject({ isError: false, isAbort: true })
    expect(old).not.toHaveBeenCalled()
  })
})

describe('a session of your own', () => {
  it('needs no QueryClient, and is not stopped when its component goes', async () => {
    const client = createFakeClient()
    const session = createChatSession({ id: 's', client, model: 'm', pace: false })
    const onFinish = vi.fn()
    const { result, unmount } = renderHook(() => useChatStream({ session, onFinish }))
    await act(async () => void result.current.sendMessage('Hello'))
    await act(async () => client.last().write('Good'))
    expect(result.current).toMatchObject({ id: 's', status: 'streaming' })
    expect(result.current.stop).toBe(session.stop)
    unmount()
    await soon()
    expect(client.last().isClosed()).toBe(false)
    client.last().finish()
    expect(onFinish).not.toHaveBeenCalled()
    const again = renderHook(() => useChatStream({ session }))
    expect(brief(again.result.current.messages)).toEqual(['user: Hello', 'assistant: Good'])
    expect(client.requests.length).toBe(1)
  })

  it('may be replaced by another', async () => {
    const client = createFakeClient()
    const sessions = ['a', 'b'].map((id) => createChatSession({ id, client, model: 'm', pace: false }))
    const { result, rerender } = renderHook(
      ({ at }) => useChatStream({ session: sessions[at] as (typeof sessions)[0] }),
      { initialProps: { at: 0 } },
    )
    await act(async () => void result.current.sendMessage('Hello'))
    rerender({ at: 1 })
    expect(result.current).toMatchObject({ id: 'b', messages: [], status: 'ready' })
    await act(async () => client.last().finish('Good day'))
    expect(result.current.messages).toEqual([])
    rerender({ at: 0 })
    expect(brief(result.current.messages)).toEqual(['user: Hello', 'assistant: Good day'])
  })
})

describe('id, client and model', () => {
  it('change in mid-stream: the old conversation stops, the new one is its own', async () => {
    const { chat, client, rerender, send, stored } = mountChat()
    await send()
    await act(async () => client.last().write('Good'))
    rerender({ id: '2' })
    expect(chat()).toMatchObject({ id: '2', messages: [], status: 'ready' })
    await soon()
    expect(client.last().isClosed()).toBe(true)
    expect(stored('1')).toEqual(['user: Hello', 'assistant (aborted): Good'])
    expect(stored('2')).toEqual([])
    rerender({ id: '1' })
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant (aborted): Good'])
  })

  it('go with the send: an answer that streams keeps its own, the next one takes the new', async () => {
    const next = createFakeClient()
    const { client, rerender, send } = mountChat({ model: 'first' })
    await send()
    rerender({ client: next, model: 'second' })
    await act(async () => client.last().write('Good'))
    expect(client.last().isClosed()).toBe(false)
    await act(async () => client.last().finish())
    await send('Again')
    expect(client.requests.map(({ request }) => request.model)).toEqual(['first'])
    expect(next.requests.map(({ request }) => request.model)).toEqual(['second'])
  })

  it('without an id, two components have two conversations', async () => {
    const client = createFakeClient()
    const shown: string[][] = []
    const Chat = ({ position }: { position: number }) => {
      const { id, messages, sendMessage } = useChatStream({ client, model: 'm', pace: false })
      shown[position] = [id, String(messages.length)]
      return <button type="button" onClick={() => sendMessage('Hello')} />
    }
    const { container } = render(
      <>
        <Chat position={0} />
        <Chat position={1} />
      </>,
      { wrapper: pageOf(createQueryClient()) },
    )
    await act(async () => container.querySelector('button')?.click())
    expect(shown[0]?.[0]).not.toBe(shown[1]?.[0])
    expect(shown.map(([, count]) => count)).toEqual(['1', '0'])
  })
})

describe('StrictMode', () => {
  it('runs an effect that sends twice, which is two sends', async () => {
    const client = createFakeClient()
    const Chat = () => {
      const { sendMessage } = useChatStream({ id: '1', client, model: 'm' })
      useEffect(() => void sendMessage('Hello'), [sendMessage])
      return null
    }
    render(<Chat />, { wrapper: pageOf(createQueryClient()) })
    await soon()
    await act(async () => client.last().finish('1'))
    expect(client.requests.length).toBe(2)
    expect(client.last().isClosed()).toBe(false)
  })
})
