import { describe, expect, it, vi } from 'vitest'
import {
  type ChatCallbacks,
  type ChatSession,
  createChatActions,
  createChatSession,
  createTools,
  type SendOptions,
  tellCallbacks,
} from '../src/index.js'
import { createFakeClient } from './fake-client.js'

describe('the actions of a binding', () => {
  const start = () => {
    const client = createFakeClient()
    let session: ChatSession = createChatSession({ id: 'a', client, model: 'm', pace: false })
    let options: SendOptions = { client, model: 'first' }
    const actions = createChatActions(
      () => session,
      () => options,
    )
    return {
      client,
      actions,
      session: () => session,
      change: (next: SendOptions) => {
        options = next
      },
      move: (next: ChatSession) => {
        session = next
      },
    }
  }

  it('send with the options of the moment, to the session of the moment', async () => {
    const { client, actions, change, move, session } = start()
    void actions.sendMessage('Hello')
    client.last().answer('Good day')
    const next = createFakeClient()
    change({ client: next, model: 'second', request: { temperature: 0 } })
    const before = session()
    move(createChatSession({ id: 'b', client, model: 'm', pace: false }))
    void actions.sendMessage('Hello')
    expect(client.requests.map(({ request }) => request.model)).toEqual(['first'])
    expect(next.last().request).toMatchObject({ model: 'second', temperature: 0 })
    expect(before.getState().messages.length).toBe(2)
    actions.stop()
    expect(next.last().isClosed()).toBe(true)
    void actions.regenerate()
    expect(next.requests.length).toBe(2)
    actions.setMessages([])
    actions.stop()
    actions.clearError()
    expect(session().getState()).toMatchObject({ status: 'ready', messages: [{ role: 'user' }] })
  })

  it('resume with the client of the moment', () => {
    const { client, actions, change, session } = start()
    const streams: string[] = []
    session().setMessages([
      { id: '0', role: 'user', parts: [{ type: 'text', text: 'Hello' }], state: 'complete', streamId: 's1' },
    ])
    change({
      client: {
        ...client,
        resume: (streamId) => {
          streams.push(streamId)
          return client.stream({ model: 'm', messages: [] })
        },
      },
    })
    void actions.resume()
    client.last().answer('Good day')
    expect(streams).toEqual(['s1'])
    expect(session().getState().messages.length).toBe(2)
  })

  it('keep the options of a send, but for the tools, of which the newest are called', async () => {
    const { client, actions, change } = start()
    const tools = (result: string) => createTools({ time: { execute: async () => result } })
    change({ client, model: 'first', tools: tools('noon') })
    void actions.sendMessage('What time is it?')
    change({ client: createFakeClient(), model: 'second', tools: tools('midnight') })
    client.last().callTools({ id: 'c1', name: 'time', arguments: '{}' })
    await vi.waitFor(() => expect(client.requests.length).toBe(2))
    expect(client.last().request.model).toBe('first')
    expect(client.last().request.messages.at(-1)).toMatchObject({ role: 'tool', content: 'midnight' })
  })

  it('take the results of tools by hand', async () => {
    const { client, actions, change } = start()
    change({ tools: createTools({ ask: {} }) })
    void actions.sendMessage('Hello')
    client.last().callTools({ id: 'c1', name: 'ask', arguments: '{}' })
    void actions.addToolResult({ toolCallId: 'c1', result: 'yes' })
    expect(client.last().request.messages.at(-1)).toMatchObject({ role: 'tool', content: 'yes' })
  })
})

describe('the callbacks of a binding', () => {
  it('are told each event by its kind, without its type; those that are missing are not missed', async () => {
    const client = createFakeClient()
    const session = createChatSession({ client, model: 'm', pace: false })
    const callbacks = { onFinish: vi.fn(), onError: vi.fn(), onCost: vi.fn() }
    let told: ChatCallbacks = {}
    session.events$.subscribe((event) => tellCallbacks(event, told))
    const ask = (): void => {
      void session.sendMessage('Hello')
      client.last().write('Good')
      client.last().finish()
      client.last().emit({ type: 'cost', cost: '0.1' })
      client.last().end()
      void session.sendMessage('Again')
      client.last().fail(new Error('Gone.'))
    }
    ask()
    told = callbacks
    ask()
    expect(callbacks.onFinish.mock.calls).toEqual([
      [expect.objectContaining({ isError: false, finishReason: 'stop' })],
      [expect.objectContaining({ isError: true, message: expect.objectContaining({ state: 'failed' }) })],
    ])
    expect(callbacks.onFinish.mock.calls[0]?.[0]).not.toHaveProperty('type')
    expect(callbacks.onError.mock.calls).toEqual([[session.getState().error]])
    expect(callbacks.onCost.mock.calls).toEqual([
      [{ message: expect.objectContaining({ cost: expect.objectContaining({ cost: '0.1' }) }) }],
    ])
  })
})
