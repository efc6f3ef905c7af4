import type { Message } from '@chatstream/core'
import { brief } from '@chatstream/fake-chat'
import { CancelledError, dehydrate, hydrate, QueryObserver } from '@tanstack/react-query'
import { act, cleanup } from '@testing-library/react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chatKeys, chatOptions } from '../src/index.js'
import { createGate, createQueryClient, message, mountChat, soon } from './mount-chat.js'

afterEach(cleanup)

const before = message('0', 'user', 'Before')
const queryKey = chatKeys.messages('1')

describe('the cache', () => {
  it('is written to twice for an answer, however long it is', async () => {
    const { client, queryClient, send } = mountChat()
    await soon()
    const writes: (readonly string[] | undefined)[] = []
    const leave = queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated') writes.push(brief(event.query.state.data))
    })
    await send()
    await act(async () => {
      for (let at = 0; at < 2000; at++) client.last().write('word ')
      client.last().finish()
    })
    leave()
    expect(writes).toEqual([['user: Hello'], ['user: Hello', `assistant: ${'word '.repeat(2000)}`]])
  })

  it('takes messages from outside, in mid-stream too', async () => {
    const { chat, client, queryClient, send } = mountChat()
    act(() => void queryClient.setQueryData(queryKey, [before]))
    expect(chat().messages).toEqual([before])
    await send()
    await act(async () => client.last().write('Good'))
    act(() => void queryClient.setQueryData(queryKey, [before, message('9', 'user', 'From elsewhere')]))
    expect(brief(chat().messages)).toEqual([
      'user: Before',
      'user: From elsewhere',
      'user: Hello',
      'assistant (streaming): Good',
    ])
    await act(async () => client.last().finish(' day'))
    expect(brief(queryClient.getQueryData(queryKey))).toEqual(brief(chat().messages))
    expect(brief(chat().messages)?.slice(2)).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('is not wiped by a first look that was made before data were set', async () => {
    const { chat, queryClient } = mountChat()
    act(() => void queryClient.setQueryData(queryKey, [before]))
    await soon()
    expect(chat().messages).toEqual([before])
  })

  it('keeps each message the same object through an answer', async () => {
    const { chat, client, send } = mountChat({ initialMessages: [before] })
    await send()
    const question = chat().messages[1]
    await act(async () => client.last().finish('Good day'))
    expect(chat().messages[0]).toBe(before)
    expect(chat().messages[1]).toBe(question)
  })
})

describe('initialMessages', () => {
  it('are shown at once, and give way to what was persisted', async () => {
    const { chat, queryClient } = mountChat({ initialMessages: [before] })
    expect(chat().messages).toEqual([before])
    expect(queryClient.getQueryState(queryKey)?.dataUpdatedAt).toBe(0)
    const stored = [message('8', 'user', 'Persisted')]
    const earlier = createQueryClient()
    earlier.setQueryData(queryKey, stored, { updatedAt: 1 })
    act(() => hydrate(queryClient, dehydrate(earlier)))
    expect(chat().messages).toEqual(stored)
  })
})

describe('load', () => {
  it('brings the history, once', async () => {
    const load = vi.fn(async () => [before])
    const { chat } = mountChat({ load })
    expect(chat().history.isPending).toBe(true)
    await soon()
    expect(chat().messages).toEqual([before])
    expect(chat().history.isPending).toBe(false)
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('is waited for by a send, which takes the history along', async () => {
    const gate = createGate<readonly Message[]>()
    const { chat, client, queryClient, send } = mountChat({ load: () => gate.passed })
    await send()
    expect(brief(chat().messages)).toEqual(['user: Hello'])
    expect(chat().status).toBe('submitted')
    expect(queryClient.getQueryData(queryKey)).toBeUndefined() // it would pass for the whole history
    expect(client.requests.length).toBe(0)
    gate.open([before])
    await soon()
    expect(client.last().request.messages.length).toBe(2)
    expect(brief(queryClient.getQueryData(queryKey))).toEqual(['user: Before', 'user: Hello'])
    await act(async () => client.last().finish('Good day'))
    expect(brief(chat().messages)).toEqual(['user: Before', 'user: Hello', 'assistant: Good day'])
  })

  it('that fails leaves the message there, as failed; the next send tries again', async () => {
    const load = vi.fn<() => Promise<readonly Message[]>>(async () => [before])
    load.mockRejectedValueOnce(new Error('no history'))
    load.mockRejectedValueOnce(new Error('no history'))
    const { chat, client, queryClient, send } = mountChat({ load })
    await soon()
    expect(chat().history.error?.message).toBe('no history')
    await send()
    await soon()
    expect(brief(chat().messages)).toEqual(['user (failed): Hello'])
    expect(chat()).toMatchObject({ status: 'error', error: { message: 'no history' } })
    expect(queryClient.getMutationCache().getAll()[0]?.state.status).toBe('error')
    await act(async () => void chat().regenerate())
    await soon()
    await act(async () => client.last().finish('Good day'))
    expect(brief(chat().messages)).toEqual(['user: Before', 'user: Hello', 'assistant: Good day'])
    expect(client.requests.length).toBe(1)
  })

  it('that answers after a turn has settled does not undo the turn', async () => {
    const gate = createGate<readonly Message[]>()
    const load = vi.fn(async () => [before] as readonly Message[])
    const { chat, client, queryClient, send } = mountChat({ load })
    await soon()
    await send()
    load.mockReturnValueOnce(gate.passed)
    act(() => void queryClient.invalidateQueries({ queryKey }))
    await act(async () => client.last().finish('Good day'))
    await act(async () => gate.open([before]))
    await soon()
    expect(brief(chat().messages)).toEqual(['user: Before', 'user: Hello', 'assistant: Good day'])
    await act(() => queryClient.invalidateQueries({ queryKey }))
    expect(chat().messages).toEqual([before]) // by now the server should know
  })

  it('that answers in mid-stream leaves the open turn', async () => {
    const load = vi.fn(async () => [before])
    const { chat, client, queryClient, send } = mountChat({ load })
    await soon()
    await send()
    await act(async () => client.last().write('Good'))
    await act(() => queryClient.invalidateQueries({ queryKey }))
    await act(() => queryClient.resetQueries({ queryKey }))
    await soon()
    expect(client.last().isClosed()).toBe(false)
    expect(brief(chat().messages)).toEqual(['user: Before', 'user: Hello', 'assistant (streaming): Good'])
    await act(async () => client.last().finish(' day'))
    expect(brief(chat().messages)).toEqual(['user: Before', 'user: Hello', 'assistant: Good day'])
  })
})

describe('cancelQueries', () => {
  it('concerns the history only', async () => {
    const { chat, client, queryClient, send } = mountChat()
    await soon()
    await send()
    await act(async () => client.last().write('Good'))
    await act(() => queryClient.cancelQueries())
    expect(client.last().isClosed()).toBe(false)
    await act(async () => client.last().finish(' day'))
    expect(brief(chat().messages)).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('fails a send that waits for the history', async () => {
    const { chat, queryClient, send } = mountChat({ load: () => new Promise(() => {}) })
    await send()
    await act(() => queryClient.cancelQueries())
    await soon()
    expect(brief(chat().messages)).toEqual(['user (failed): Hello'])
    expect(chat().error?.cause).toBeInstanceOf(CancelledError)
  })
})

describe('removing the conversation', () => {
  for (const [how, remove] of [
    ['removeQueries', (client: ReturnType<typeof createQueryClient>) => client.removeQueries({ queryKey })],
    ['clear', (client: ReturnType<typeof createQueryClient>) => client.clear()],
  ] as const) {
    it(`${how}: closes the connection, starts anew, and nothing comes back late`, async () => {
      const { chat, client, queryClient, send, stored } = mountChat()
      await send()
      const request = client.last()
      await act(async () => request.write('Good'))
      await act(async () => remove(queryClient))
      expect(request.isClosed()).toBe(true)
      await soon()
      expect(chat()).toMatchObject({ messages: [], status: 'ready' })
      expect(stored()).toEqual([])
      await send('Anew')
      await act(async () => client.last().finish('Yes'))
      expect(brief(chat().messages)).toEqual(['user: Anew', 'assistant: Yes'])
      expect(stored()).toEqual(['user: Anew', 'assistant: Yes'])
    })
  }

  it('is seen when nothing was going on, and when nothing was there', async () => {
    const { chat, client, queryClient, send } = mountChat()
    await act(async () => queryClient.removeQueries({ queryKey }))
    await send()
    expect(brief(chat().messages)).toEqual(['user: Hello'])
    await act(async () => client.last().finish('Good day'))
    await act(async () => queryClient.removeQueries({ queryKey }))
    expect(chat().messages).toEqual([])
  })

  it('fails the sends that were queued in it', async () => {
    const { chat, client, queryClient, send } = mountChat()
    await send('1')
    await send('2')
    const third = chat().sendMessage('3')
    await act(async () => queryClient.removeQueries({ queryKey }))
    await soon()
    expect(await third).toBeUndefined()
    const sends = queryClient.getMutationCache().getAll()
    expect(sends.map(({ state }) => [state.status, state.error?.message])).toEqual(
      Array.from({ length: 3 }, () => ['error', 'The chat was removed before this message was sent.']),
    )
    expect(client.requests.length).toBe(1)
  })

  it('does not fail a send whose answer had begun', async () => {
    const { client, queryClient, send } = mountChat()
    await send()
    await act(async () => client.last().write('Good'))
    await act(async () => queryClient.removeQueries({ queryKey }))
    await soon()
    expect(queryClient.getMutationCache().getAll()[0]?.state.status).toBe('success')
  })
})

describe('another observer of the query', () => {
  it('sees the settled messages only', async () => {
    const { client, queryClient, send } = mountChat()
    const seen: (readonly string[] | undefined)[] = []
    const observer = new QueryObserver(queryClient, chatOptions({ id: '1' }))
    const leave = observer.subscribe(({ data }) => seen.push(brief(data)))
    await send()
    await act(async () => client.last().write('Good'))
    expect(seen.at(-1)).toEqual(['user: Hello'])
    await act(async () => client.last().finish(' day'))
    expect(seen.at(-1)).toEqual(['user: Hello', 'assistant: Good day'])
    leave()
  })
})
