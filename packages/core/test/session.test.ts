import { NEVER, of, throwError } from 'rxjs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ChatClient } from '../src/create-chat-client.js'
import { ChatStreamError } from '../src/errors/chat-stream-error.js'
import type { Message } from '../src/message/message.js'
import type { ChatSessionOptions } from '../src/session/chat-session.js'
import { fromJSON } from '../src/session/conversation-json.js'
import { createChatSession } from '../src/session/create-chat-session.js'
import { createTools } from '../src/session/create-tools.js'
import { createMemoryStore, type MessageStore } from '../src/session/message-store.js'
import { attemptFailed, events, unavailable } from './event-marbles.js'
import { createFakeClient } from './fake-client.js'
import { brief, textOf, watchSession } from './watch-session.js'

const start = (options: Partial<ChatSessionOptions> = {}) => {
  const client = createFakeClient()
  const session = createChatSession({ client, model: 'deepseek-chat', pace: false, ...options })
  return { client, session, ...watchSession(session) }
}

const message = (id: string, role: Message['role'], text: string, more: Partial<Message> = {}): Message => ({
  id,
  role,
  parts: [{ type: 'text', text }],
  state: 'complete',
  ...more,
})

/** A store that somebody else may write to, as a query cache is. */
const createExternalStore = (initial: readonly Message[] = []) => {
  let messages = initial
  const writes: (readonly Message[])[] = []
  const store: MessageStore = {
    get: () => messages,
    update(change) {
      const changed = change(messages)
      if (changed === messages) return
      messages = changed
      writes.push(messages)
    },
  }
  return {
    store,
    writes,
    set: (next: readonly Message[]) => {
      messages = next
    },
  }
}

describe('sending', () => {
  it('shows what the user says at once, before anything is known', () => {
    const { session } = start()
    void session.sendMessage('Hello')
    expect(brief(session.getState())).toEqual(['user: Hello'])
    expect(session.getState().status).toBe('submitted')
  })

  it('goes through `submitted` and `streaming` to `ready`', async () => {
    const { client, session, states } = start()
    const sent = session.sendMessage('Hello')
    client.last().write('Good', ' day')
    client.last().finish()
    expect(states.map(({ status }) => status)).toEqual([
      'ready',
      'submitted',
      'submitted', // with its attempt
      'streaming',
      'streaming',
      'ready',
    ])
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: Good day'])
    expect(await sent).toBe(session.getState().messages[1])
  })

  it('goes to `error` with what was there, and keeps it', async () => {
    const { client, session, states } = start()
    const sent = session.sendMessage('Hello')
    client.last().write('Good')
    client.last().fail(unavailable)
    expect(states.map(({ status }) => status).slice(-2)).toEqual(['streaming', 'error'])
    expect(session.getState().error).toBe(unavailable)
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant (failed): Good'])
    expect(await sent).toMatchObject({ state: 'failed', error: { kind: 'upstream', status: 503 } })
  })

  it('shows no empty answer when an attempt fails before its first piece', async () => {
    const { client, session } = start()
    const sent = session.sendMessage('Hello')
    client.last().fail(unavailable)
    expect(brief(session.getState())).toEqual(['user: Hello'])
    expect(session.getState().status).toBe('error')
    expect(await sent).toMatchObject({ parts: [], state: 'failed' })
  })

  it('shows an answer without a word, if it is complete', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().finish()
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: '])
  })

  it('asks with the whole conversation, the fields and the tools', () => {
    const { client, session } = start({
      initialMessages: [message('s', 'system', 'Be brief.')],
      request: { temperature: 0.5 },
      tools: createTools({ time: { description: 'The time', parameters: { type: 'object' } } }),
    })
    void session.sendMessage('One')
    client.last().answer('1')
    void session.sendMessage('Two')
    expect(client.last().request).toEqual({
      model: 'deepseek-chat',
      temperature: 0.5,
      tools: [
        {
          type: 'function',
          function: { name: 'time', description: 'The time', parameters: { type: 'object' } },
        },
      ],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'One' },
        { role: 'assistant', content: '1' },
        { role: 'user', content: 'Two' },
      ],
    })
  })

  it('sends images, and says that there is nothing to send', () => {
    const { client, session } = start()
    void session.sendMessage({
      text: 'What is it?',
      parts: [{ type: 'image', url: 'data:image/png;base64,AA==' }],
    })
    expect(client.last().request.messages[0]?.content).toEqual([
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
      { type: 'text', text: 'What is it?' },
    ])
    client.last().answer('A dot.')
    void session.sendMessage('')
    expect(client.requests.length).toBe(1)
    expect(session.getState()).toMatchObject({ status: 'error', error: { kind: 'unsupported' } })
    void session.sendMessage(undefined as unknown as string)
    expect(session.getState()).toMatchObject({ status: 'error', error: { kind: 'unsupported' } })
  })

  it('shows which attempt runs, and when the next one comes', () => {
    vi.useFakeTimers({ now: 1000 })
    const { client, session } = start()
    void session.sendMessage('Hello')
    expect(session.getState().attempt).toEqual({ attempt: 1, endpoint: 'https://fake.example/v1' })
    client.last().emit(attemptFailed(unavailable, 4000))
    expect(session.getState().attempt).toEqual({
      attempt: 1,
      endpoint: events.s.endpoint,
      error: unavailable,
      retryAt: 5000,
    })
    client.last().emit(events.S)
    expect(session.getState().attempt).toEqual({ attempt: 2, endpoint: events.S.endpoint })
    client.last().answer('Well')
    expect(session.getState().attempt).toBeUndefined()
    vi.useRealTimers()
  })

  it('takes back what was void', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().write('Goo')
    client.last().emit(attemptFailed(unavailable), events.v)
    expect(brief(session.getState())).toEqual(['user: Hello'])
    expect(session.getState().status).toBe('submitted')
    client.last().answer('Good day')
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('takes a client of any kind: one that throws, fails oddly, or answers at once', async () => {
    const throws = start({
      client: {
        stream: () => {
          throw new Error('no client')
        },
      },
    })
    expect(await throws.session.sendMessage('Hello')).toMatchObject({
      state: 'failed',
      error: { kind: 'unsupported', message: 'no client' },
    })
    expect(throws.session.getState()).toMatchObject({ status: 'error', error: { message: 'no client' } })
    for (const thrown of [undefined, null, 'words', Object.create(null), { toString: 1 }]) {
      const odd = start({ client: { stream: () => throwError(() => thrown) } })
      expect(await odd.session.sendMessage('Hello')).toMatchObject({ state: 'failed' })
      expect(odd.session.getState()).toMatchObject({ status: 'error', error: { kind: 'unsupported' } })
    }
    const sync = start({ client: { stream: () => of(events.s, events.t, events.d) } })
    expect(textOf(await sync.session.sendMessage('Hello'))).toBe('text')
    expect(sync.session.getState().status).toBe('ready')
  })

  it('clears the error with the next message, or when told to', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().fail(unavailable)
    session.clearError()
    expect(session.getState()).toMatchObject({ status: 'ready', error: undefined })
    void session.sendMessage('Hello?')
    client.last().fail(unavailable)
    void session.sendMessage('Hello!')
    expect(session.getState()).toMatchObject({ status: 'submitted', error: undefined })
  })
})

describe('sending while an answer streams', () => {
  it('waits in order', async () => {
    const { client, session, states } = start()
    const one = session.sendMessage('One')
    const two = session.sendMessage('Two')
    const three = session.sendMessage('Three')
    client.last().write('1')
    expect(brief(session.getState())).toEqual([
      'user: One',
      'assistant (streaming): 1',
      'user: Two',
      'user: Three',
    ])
    expect(client.requests.length).toBe(1)
    client.last().finish()
    expect(client.requests.length).toBe(2)
    expect(client.last().request.messages.map(({ content }) => content)).toEqual(['One', '1', 'Two'])
    expect(session.getState().status).toBe('submitted')
    client.last().answer('2')
    client.last().answer('3')
    expect(brief(session.getState())).toEqual([
      'user: One',
      'assistant: 1',
      'user: Two',
      'assistant: 2',
      'user: Three',
      'assistant: 3',
    ])
    expect((await Promise.all([one, two, three])).map(textOf)).toEqual(['1', '2', '3'])
    // It was never ready in between.
    expect(states.slice(1, -1).map(({ status }) => status)).not.toContain('ready')
  })

  it('goes on with the next after a failure', () => {
    const { client, session } = start()
    void session.sendMessage('One')
    void session.sendMessage('Two')
    client.last().fail(unavailable)
    client.last().answer('2')
    expect(brief(session.getState())).toEqual(['user: One', 'user: Two', 'assistant: 2'])
    expect(session.getState()).toMatchObject({ status: 'ready', error: undefined })
  })

  it('is refused, if so asked: nothing is shown, and nothing sent', async () => {
    const { client, session } = start({ whenBusy: 'refuse' })
    void session.sendMessage('One')
    expect(await session.sendMessage('Two')).toBeUndefined()
    expect(brief(session.getState())).toEqual(['user: One'])
    client.last().answer('1')
    void session.sendMessage('Two')
    expect(client.requests.length).toBe(2)
  })

  it('interrupts, if so asked: what had come stays', () => {
    const { client, session } = start({ whenBusy: 'interrupt' })
    void session.sendMessage('One')
    client.last().write('1')
    void session.sendMessage('Two')
    expect(client.requests[0]?.isClosed()).toBe(true)
    client.last().answer('2')
    expect(brief(session.getState())).toEqual([
      'user: One',
      'assistant (aborted): 1',
      'user: Two',
      'assistant: 2',
    ])
  })

  it('does not interrupt the wait for the cost of the answer before', () => {
    const { client, session } = start({ whenBusy: 'interrupt' })
    void session.sendMessage('One')
    client.last().write('1')
    client.last().finish()
    void session.sendMessage('Two')
    client.requests[0]?.emit(events.m)
    expect(session.getState().messages[1]?.cost).toEqual({ cost: '0.1' })
  })
})

describe('stopping', () => {
  it('keeps what came as `aborted`, at once, and is no error', async () => {
    const { client, session, told } = start()
    const sent = session.sendMessage('Hello')
    client.last().write('Good')
    session.stop()
    expect(client.last().isClosed()).toBe(true)
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant (aborted): Good'])
    expect(session.getState()).toMatchObject({ status: 'ready', error: undefined, attempt: undefined })
    expect(await sent).toMatchObject({ state: 'aborted' })
    expect(told).toMatchObject([{ type: 'finish', isAbort: true, isError: false, isDisconnect: false }])
  })

  it('lets no late piece in', () => {
    const { client, session, states } = start()
    void session.sendMessage('Hello')
    client.last().write('Good')
    session.stop()
    const before = states.length
    client.last().write(' day')
    client.last().finish()
    client.last().emit(events.m)
    client.last().fail(unavailable)
    expect(states.length).toBe(before)
    expect(textOf(session.getState().messages[1])).toBe('Good')
  })

  it('keeps the question alone, if nothing had come', () => {
    const { session } = start()
    void session.sendMessage('Hello')
    session.stop()
    expect(brief(session.getState())).toEqual(['user: Hello'])
    expect(session.getState().status).toBe('ready')
  })

  it('keeps the questions that waited, unsent, and never lets go of them', async () => {
    const { client, session, states } = start()
    const one = session.sendMessage('One')
    const two = session.sendMessage('Two')
    const three = session.sendMessage('Three')
    client.last().write('1')
    session.stop()
    expect(client.requests.length).toBe(1)
    expect(brief(session.getState())).toEqual([
      'user: One',
      'assistant (aborted): 1',
      'user (aborted): Two',
      'user (aborted): Three',
    ])
    expect(session.getState().status).toBe('ready')
    const since = states.findIndex(({ messages }) => messages.length === 4)
    expect(states.slice(since).every(({ messages }) => messages.length === 4)).toBe(true)
    expect(await Promise.all([one, two, three])).toMatchObject([{ state: 'aborted' }, undefined, undefined])
  })

  it('does nothing where nothing goes on', () => {
    const { session, states, told } = start()
    session.stop()
    expect(states.length).toBe(1)
    expect(told).toEqual([])
  })

  it('takes a message that is sent by one who is told of the stop', () => {
    const { client, session } = start()
    void session.sendMessage('One')
    void session.sendMessage('Two')
    client.last().write('1')
    session.events$.subscribe((event) => {
      if (event.type === 'finish' && event.isAbort) void session.sendMessage('Three')
    })
    session.stop()
    expect(client.requests.length).toBe(2)
    client.last().answer('3')
    expect(brief(session.getState()).at(-1)).toBe('assistant: 3')
    expect(session.getState().status).toBe('ready')
  })

  it('ends the wait for the cost, and leaves the answer complete', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().write('Good day')
    client.last().finish()
    session.stop()
    expect(client.last().isClosed()).toBe(true)
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: Good day'])
  })
})

describe('asking again', () => {
  const history = [
    message('1', 'user', 'One'),
    message('2', 'assistant', 'first'),
    message('3', 'user', 'Two'),
    message('4', 'assistant', 'second'),
  ]

  it('answers the last question anew', () => {
    const { client, session } = start({ initialMessages: history })
    void session.regenerate()
    expect(brief(session.getState())).toEqual(['user: One', 'assistant: first', 'user: Two'])
    client.last().answer('other')
    expect(brief(session.getState()).at(-1)).toBe('assistant: other')
    expect(client.last().request.messages.length).toBe(3)
    expect(session.getState().messages.slice(0, 3)).toEqual(history.slice(0, 3))
    expect(session.getState().messages.every((kept, at) => at === 3 || kept === history[at])).toBe(true)
  })

  it('answers any question anew, by the id of its answer or its own', () => {
    for (const id of ['2', '1']) {
      const { client, session } = start({ initialMessages: history })
      void session.regenerate(id)
      client.last().answer('other')
      expect(brief(session.getState())).toEqual(['user: One', 'assistant: other'])
      expect(client.last().request.messages.length).toBe(1)
    }
  })

  it('asks again after a failure, with nothing or with a part', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().fail(unavailable)
    void session.regenerate()
    expect(session.getState()).toMatchObject({ status: 'submitted', error: undefined })
    client.last().write('Goo')
    client.last().fail(unavailable)
    void session.regenerate()
    client.last().answer('Good day')
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('asks again after a stop, also for a question that was never sent', () => {
    const { client, session } = start()
    void session.sendMessage('One')
    void session.sendMessage('Two')
    client.last().write('1')
    session.stop()
    void session.regenerate()
    client.last().answer('2')
    expect(brief(session.getState())).toEqual([
      'user: One',
      'assistant (aborted): 1',
      'user: Two',
      'assistant: 2',
    ])
  })

  it('stops the answer that streams, and takes its place', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().write('Good')
    const id = session.getState().messages[1]?.id
    void session.regenerate(id)
    expect(client.requests[0]?.isClosed()).toBe(true)
    client.last().answer('Hi')
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: Hi'])
    expect(session.getState().messages[1]?.id).not.toBe(id)
  })

  it('says that there is no such message, and lets the answer stream on', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().write('Good')
    void session.regenerate('unknown')
    void session.sendMessage({ text: 'Edited', messageId: 'unknown' })
    expect(session.getState()).toMatchObject({ status: 'streaming', error: { kind: 'unsupported' } })
    expect(client.last().isClosed()).toBe(false)
    expect(client.requests.length).toBe(1)
  })

  it('says that there is nothing to answer', async () => {
    const { session } = start()
    expect(await session.regenerate()).toBeUndefined()
    expect(session.getState()).toMatchObject({ status: 'error', error: { kind: 'unsupported' } })
  })

  it('keeps the results of tools when the answer to them failed', () => {
    const { client, session } = start({ tools: createTools({ time: {} }) })
    void session.sendMessage('What time is it?')
    client.last().callTools({ id: 'c1', name: 'time' })
    void session.addToolResult({ toolCallId: 'c1', result: 'noon' })
    client.last().fail(unavailable)
    void session.regenerate()
    client.last().answer('It is noon.')
    expect(brief(session.getState())).toEqual([
      'user: What time is it?',
      'assistant: [tool-call]',
      'tool: noon',
      'assistant: It is noon.',
    ])
  })
})

describe('editing', () => {
  it('leaves nothing of the message that it takes the place of', () => {
    const failed: Message = {
      ...message('1', 'user', 'Helo'),
      state: 'failed',
      error: { kind: 'network', message: 'no', retryable: true },
    }
    const { client, session } = start({ initialMessages: [failed] })
    void session.sendMessage({ text: 'Hello', messageId: '1' })
    client.last().answer('Good day')
    expect(session.getState().messages[0]).toEqual(message('1', 'user', 'Hello'))
  })

  it('cuts off what follows, and keeps the id and what came before', () => {
    const before = [message('1', 'user', 'One'), message('2', 'assistant', 'first')]
    const { client, session } = start({
      initialMessages: [...before, message('3', 'user', 'Two'), message('4', 'assistant', 'second')],
    })
    void session.sendMessage({ text: 'Three', messageId: '3' })
    client.last().answer('third')
    expect(brief(session.getState())).toEqual([
      'user: One',
      'assistant: first',
      'user: Three',
      'assistant: third',
    ])
    expect(session.getState().messages[2]?.id).toBe('3')
    expect(session.getState().messages[0]).toBe(before[0])
    expect(client.last().request.messages.map(({ content }) => content)).toEqual(['One', 'first', 'Three'])
  })

  it('stops the answer to what is edited', () => {
    const { client, session } = start()
    void session.sendMessage('One')
    client.last().write('1')
    const messageId = session.getState().messages[0]?.id as string
    void session.sendMessage({ text: 'Two', messageId })
    expect(client.requests[0]?.isClosed()).toBe(true)
    client.last().answer('2')
    expect(brief(session.getState())).toEqual(['user: Two', 'assistant: 2'])
  })

  it('changes nothing if there is nothing to send', () => {
    const { session } = start({ initialMessages: [message('1', 'user', 'One')] })
    void session.sendMessage({ text: '', messageId: '1' })
    expect(brief(session.getState())).toEqual(['user: One'])
  })
})

describe('the messages', () => {
  it('can be set, and changed', () => {
    const { session } = start()
    session.setMessages([message('1', 'user', 'One')])
    session.setMessages((messages) => [...messages, message('2', 'assistant', 'first')])
    expect(brief(session.getState())).toEqual(['user: One', 'assistant: first'])
  })

  it('are set beside the turn that is open, which stays', () => {
    const { client, session } = start({ initialMessages: [message('1', 'user', 'One')] })
    void session.sendMessage('Two')
    client.last().write('2')
    session.setMessages([])
    expect(brief(session.getState())).toEqual(['user: Two', 'assistant (streaming): 2'])
    client.last().finish()
    expect(brief(session.getState())).toEqual(['user: Two', 'assistant: 2'])
  })

  it('stay when the function that changes them throws: the error is in the state', () => {
    const { session } = start({ initialMessages: [message('1', 'user', 'One')] })
    session.setMessages(() => {
      throw new Error('mine')
    })
    expect(session.getState()).toMatchObject({ status: 'error', error: { message: 'mine' } })
    expect(brief(session.getState())).toEqual(['user: One'])
  })

  it('keep their identity, and that of their parts, while another one streams', () => {
    const history = Array.from({ length: 20 }, (_, at) =>
      message(String(at), at % 2 === 0 ? 'user' : 'assistant', `text ${at}`),
    )
    const { client, session, states } = start({ initialMessages: history })
    void session.sendMessage('Hello')
    client.last().emit(events.z)
    client.last().write('a', 'b', 'c')
    client.last().finish()
    client.last().emit(events.m)
    for (const { messages } of states) {
      expect(messages.slice(0, 20).every((kept, at) => kept === history[at])).toBe(true)
    }
    const reasoning = states
      .map(({ messages }) => messages[21]?.parts[0])
      .filter((part) => part !== undefined)
    expect(new Set(reasoning).size).toBe(1)
    expect(new Set(states.map(({ messages }) => messages[20])).size).toBe(2) // none, then the question
  })

  it('are plain JSON, whatever happened', () => {
    const { client, session } = start()
    void session.sendMessage('One')
    client.last().write('1')
    client.last().fail(unavailable)
    void session.sendMessage('Two')
    client.last().emit({ type: 'usage', usage: { completion_tokens: 1 }, raw: {} })
    client.last().answer('2')
    const { messages } = session.getState()
    expect(JSON.parse(JSON.stringify(messages))).toEqual(messages)
  })
})

describe('the snapshot', () => {
  it('is the same object until something changed', () => {
    const { client, session, states } = start({ initialMessages: [message('1', 'user', 'One')] })
    expect(session.getState()).toBe(session.getState())
    session.refresh()
    session.clearError()
    session.setMessages((messages) => [...messages])
    expect(states.length).toBe(1)
    void session.sendMessage('Hello')
    client.last().write('a')
    expect(session.getState()).toBe(states.at(-1))
    expect(new Set(states).size).toBe(states.length)
  })

  it('is there for one who subscribes later, and needs no `this`', () => {
    const { client, session } = start()
    const { sendMessage, getState, stop, state$ } = session
    void sendMessage('Hello')
    client.last().write('a')
    const seen: unknown[] = []
    state$.subscribe((state) => seen.push(state))
    expect(seen).toEqual([getState()])
    stop()
    expect(getState().status).toBe('ready')
  })

  it('is never changed in place', () => {
    const { client, session, states } = start()
    void session.sendMessage('Hello')
    client.last().write('a')
    const copies = states.map((state) => JSON.stringify(state))
    client.last().write('b')
    client.last().finish()
    client.last().emit(events.m)
    expect(states.slice(0, copies.length).map((state) => JSON.stringify(state))).toEqual(copies)
  })

  it('remembers what a server has rendered', () => {
    const { client, session } = start({ initialMessages: [message('1', 'user', 'One')] })
    const birth = session.getState()
    void session.sendMessage('Hello')
    client.last().answer('a')
    expect(session.getServerState()).toBe(birth)
  })

  it('goes on when nobody looks', () => {
    const { client, session } = start()
    const subscription = session.state$.subscribe()
    void session.sendMessage('Hello')
    client.last().write('a')
    subscription.unsubscribe()
    client.last().answer('b')
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: ab'])
  })
})

describe('the cost', () => {
  it('comes after `ready`, and then patches its message alone', () => {
    const { client, session, told } = start()
    void session.sendMessage('Hello')
    client.last().write('Good day')
    client.last().finish()
    const [question, answer] = session.getState().messages
    expect(answer?.cost).toBeUndefined()
    client.last().emit(events.m)
    expect(session.getState().messages[0]).toBe(question)
    expect(session.getState().messages[1]).toEqual({ ...answer, cost: { cost: '0.1' } })
    expect(session.getState().messages[1]?.parts).toBe(answer?.parts)
    expect(session.getState().status).toBe('ready')
    expect(told.map(({ type }) => type)).toEqual(['finish', 'cost'])
  })

  it('finds its message while the next one streams', () => {
    const { client, session } = start()
    void session.sendMessage('One')
    client.last().write('1')
    client.last().finish()
    void session.sendMessage('Two')
    client.last().write('2')
    client.requests[0]?.emit(events.m)
    expect(session.getState().messages[1]?.cost).toEqual({ cost: '0.1' })
    expect(session.getState().messages[3]?.cost).toBeUndefined()
    expect(session.getState().status).toBe('streaming')
  })

  it('leaves alone what was changed meanwhile', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().write('Good day')
    client.last().finish()
    session.setMessages((messages) =>
      messages.map((each) =>
        each.role === 'assistant' ? { ...each, parts: [{ type: 'text', text: 'edited' }] } : each,
      ),
    )
    client.last().emit(events.m)
    expect(session.getState().messages[1]).toMatchObject({
      parts: [{ text: 'edited' }],
      cost: { cost: '0.1' },
    })
  })

  it('writes nothing when its message is gone', () => {
    const { store, writes } = createExternalStore()
    const { client, session } = start({ store })
    void session.sendMessage('Hello')
    client.last().write('Good day')
    client.last().finish()
    session.setMessages([])
    const before = writes.length
    client.last().emit(events.m)
    expect(writes.length).toBe(before)
    expect(session.getState().messages).toEqual([])
  })

  it('is all that may come after the answer', () => {
    const { client, session, states } = start()
    void session.sendMessage('Hello')
    client.last().write('Good day')
    client.last().finish()
    const before = states.length
    client.last().write(' late')
    client.last().emit(events.e, events.v, events.S, events.k)
    expect(states.length).toBe(before)
    client.last().emit(events.m)
    expect(textOf(session.getState().messages[1])).toBe('Good day')
  })
})

describe('the report', () => {
  it('says how the answer came about', async () => {
    vi.useFakeTimers({ now: 0 })
    onTestFinished(() => void vi.useRealTimers())
    /** What comes in one go comes at one time, so this is a later one. */
    const setTime = async (ms: number): Promise<void> => {
      vi.setSystemTime(ms)
      await Promise.resolve()
    }
    const { client, session } = start()
    void session.sendMessage('Hello')
    await setTime(100)
    client.last().emit(attemptFailed(unavailable, 200), events.S, {
      ...events.r,
      attempt: 2,
      endpoint: events.S.endpoint,
    })
    await setTime(1000)
    client.last().emit(events.z)
    await setTime(2000)
    client.last().write('a', 'b')
    client.last().emit({ type: 'usage', usage: { completion_tokens: 30 }, raw: {} })
    await setTime(2500)
    client.last().finish()
    await setTime(9000)
    const report = {
      timeToFirstTokenMs: 1000,
      tokensPerSecond: 30,
      durationMs: 2500,
      attempts: 2,
      endpoint: events.S.endpoint,
      requestId: 'req_1',
    }
    expect(session.getState().messages[1]).toMatchObject({ report, usage: { completion_tokens: 30 } })
    client.last().emit({ ...events.m, prompt_tokens: 1, completion_tokens: 30 })
    expect(session.getState().messages[1]).toMatchObject({ report, cost: { cost: '0.1' } })
  })

  it('is with what was stopped, and with what failed', () => {
    const { client, session } = start()
    void session.sendMessage('Hello')
    client.last().write('a')
    session.stop()
    void session.sendMessage('Hello')
    client.last().write('a')
    client.last().fail(unavailable)
    for (const at of [1, 3]) {
      expect(session.getState().messages[at]?.report).toMatchObject({
        attempts: 1,
        endpoint: 'https://fake.example/v1',
        durationMs: expect.any(Number),
      })
    }
  })
})

describe('events', () => {
  it('tell of each end once, with what came of it', () => {
    const { client, session, told } = start()
    void session.sendMessage('One')
    client.last().answer('1')
    void session.sendMessage('Two')
    client.last().fail(new ChatStreamError('network', 'broke'))
    expect(told).toMatchObject([
      { type: 'finish', isAbort: false, isError: false, isDisconnect: false, finishReason: 'stop' },
      { type: 'finish', isAbort: false, isError: true, isDisconnect: true },
      { type: 'error', error: { kind: 'network' } },
    ])
    expect(told[0]).toMatchObject({ messages: { length: 2 }, message: { parts: [{ text: '1' }] } })
  })

  it('come after the state that they tell of', () => {
    const { client, session } = start()
    const seen: unknown[] = []
    session.events$.subscribe(() => seen.push(session.getState().status))
    void session.sendMessage('One')
    client.last().answer('1')
    expect(seen).toEqual(['ready'])
  })
})

describe('tools', () => {
  const time = { time: { execute: async () => 'noon' } }
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('are run, and the model goes on with their results', async () => {
    const execute = vi.fn(async ({ city }: { city: string }) => ({ city, at: 12 }))
    const { client, session, states } = start({
      tools: createTools({
        time: { execute: (input) => execute(input as { city: string }) },
        other: { execute: () => 'x' },
      }),
    })
    const sent = session.sendMessage('What time is it?')
    client
      .last()
      .callTools({ id: 'c1', name: 'time', arguments: '{"city":"Kyoto"}' }, { id: 'c2', name: 'other' })
    expect(session.getState().status).toBe('submitted')
    await settle()
    expect(execute).toHaveBeenCalledWith({ city: 'Kyoto' })
    expect(client.requests.length).toBe(2)
    expect(client.last().request.messages.slice(-3)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'time', arguments: '{"city":"Kyoto"}' } },
          { id: 'c2', type: 'function', function: { name: 'other', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: '{"city":"Kyoto","at":12}' },
      { role: 'tool', tool_call_id: 'c2', content: 'x' },
    ])
    client.last().answer('It is noon.')
    expect(textOf(await sent)).toBe('It is noon.')
    expect(states.slice(1, -1).map(({ status }) => status)).not.toContain('ready')
  })

  it('go before the messages that wait', async () => {
    const { client, session } = start({ tools: createTools(time) })
    void session.sendMessage('What time is it?')
    void session.sendMessage('And then?')
    client.last().callTools({ id: 'c1', name: 'time' })
    await settle()
    client.last().answer('It is noon.')
    client.last().answer('Lunch.')
    expect(brief(session.getState())).toEqual([
      'user: What time is it?',
      'assistant: [tool-call]',
      'tool: noon',
      'assistant: It is noon.',
      'user: And then?',
      'assistant: Lunch.',
    ])
  })

  it('wait for a result by hand, in any order, and go on with the last one', async () => {
    const { client, session } = start({ tools: createTools({ ask: {} }) })
    const sent = session.sendMessage('Shall I?')
    client.last().callTools({ id: 'c1', name: 'ask' }, { id: 'c2', name: 'ask' })
    expect(session.getState().status).toBe('ready')
    expect(brief({ messages: [(await sent) as Message] })).toEqual(['assistant: [tool-call][tool-call]'])
    expect(await session.addToolResult({ toolCallId: 'c2', result: 'no' })).toBeUndefined()
    expect(client.requests.length).toBe(1)
    const answered = session.addToolResult({ toolCallId: 'c1', result: { yes: true } })
    expect(client.requests.length).toBe(2)
    expect(client.last().request.messages.filter(({ role }) => role === 'tool')).toEqual([
      { role: 'tool', tool_call_id: 'c1', content: '{"yes":true}' },
      { role: 'tool', tool_call_id: 'c2', content: 'no' },
    ])
    client.last().answer('So be it.')
    expect(textOf(await answered)).toBe('So be it.')
  })

  it('may be mixed: functions first, then by hand', async () => {
    const { client, session } = start({ tools: createTools({ ...time, ask: {} }) })
    const sent = session.sendMessage('Lunch?')
    client.last().callTools({ id: 'c1', name: 'time' }, { id: 'c2', name: 'ask' })
    await settle()
    expect(client.requests.length).toBe(1)
    expect(session.getState().status).toBe('ready')
    expect(await sent).toMatchObject({ parts: [{ id: 'c1' }, { id: 'c2' }] })
    void session.addToolResult({ toolCallId: 'c2', result: 'yes' })
    expect(client.requests.length).toBe(2)
  })

  it('may be mixed: by hand while the functions run', async () => {
    let tell = (_: string): void => {}
    const { client, session } = start({
      tools: createTools({ ask: {}, time: { execute: () => new Promise((resolve) => (tell = resolve)) } }),
    })
    void session.sendMessage('Lunch?')
    client.last().callTools({ id: 'c1', name: 'time' }, { id: 'c2', name: 'ask' })
    await session.addToolResult({ toolCallId: 'c2', result: 'yes' })
    expect(client.requests.length).toBe(1)
    tell('noon')
    await settle()
    expect(client.requests.length).toBe(2)
    client.last().answer('Yes, at noon.')
    expect(brief(session.getState()).at(-1)).toBe('assistant: Yes, at noon.')
  })

  it('answer each call once, whoever is first', async () => {
    let tell = (_: string): void => {}
    const { client, session } = start({
      tools: createTools({ time: { execute: () => new Promise((resolve) => (tell = resolve)) } }),
    })
    void session.sendMessage('What time is it?')
    client.last().callTools({ id: 'c1', name: 'time' })
    void session.addToolResult({ toolCallId: 'c1', result: 'by hand' })
    tell('by function')
    await settle()
    expect(client.requests.length).toBe(2)
    client.last().answer('Well.')
    expect(brief(session.getState())).toEqual([
      'user: What time is it?',
      'assistant: [tool-call]',
      'tool: by hand',
      'assistant: Well.',
    ])
    expect(session.getState().status).toBe('ready')
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('no clock')
      },
      '{}',
      '{"error":"no clock"}',
    ],
    ['rejects', () => Promise.reject(new Error('no clock')), '{}', '{"error":"no clock"}'],
    ['rejects with words', () => Promise.reject('no clock'), '{}', '{"error":"no clock"}'],
    ['is called with no JSON', () => 'x', '{"city":', expect.stringContaining('"error"')],
    ['gives what is no JSON', () => 1n, '{}', expect.stringContaining('"error"')],
    ['gives nothing', () => undefined, '{}', 'null'],
    ['takes no arguments', () => 'x', '', 'x'],
    [
      'throws what is nothing at all',
      () => {
        throw Object.create(null)
      },
      '{}',
      expect.stringContaining('"error"'),
    ],
  ])('tell the model when a function %s', async (_, execute, text, content) => {
    const { client, session } = start({ tools: createTools({ time: { execute } }) })
    void session.sendMessage('What time is it?')
    client.last().callTools({ id: 'c1', name: 'time', arguments: text })
    await settle()
    expect(client.last().request.messages.at(-1)).toEqual({ role: 'tool', tool_call_id: 'c1', content })
  })

  it('are bounded in how often they are called in a row', async () => {
    const { client, session, told } = start({ tools: createTools(time, { maxRounds: 2 }) })
    const sent = session.sendMessage('What time is it?')
    for (let round = 1; round <= 3; round++) {
      client.last().callTools({ id: `c${round}`, name: 'time' })
      await settle()
    }
    expect(client.requests.length).toBe(3)
    expect(session.getState()).toMatchObject({ status: 'error', error: { kind: 'unsupported' } })
    expect(await sent).toMatchObject({ parts: [{ id: 'c3' }] })
    expect(told.at(-1)).toMatchObject({ type: 'error' })
    // The user speaks again, and the count is at its beginning.
    void session.sendMessage('And now?')
    client.last().callTools({ id: 'd1', name: 'time' })
    await settle()
    expect(client.requests.length).toBe(5)
  })

  it('are told to stop, and their results are dropped', async () => {
    let tell = (_: string): void => {}
    let signal: AbortSignal | undefined
    const { client, session } = start({
      tools: createTools({
        time: {
          execute: (_, context) => {
            signal = context.signal
            return new Promise((resolve) => (tell = resolve))
          },
        },
      }),
    })
    const sent = session.sendMessage('What time is it?')
    client.last().callTools({ id: 'c1', name: 'time' })
    session.stop()
    expect(brief(session.getState())).toEqual(['user: What time is it?', 'assistant: [tool-call]'])
    expect(session.getState().status).toBe('ready')
    expect(await sent).toMatchObject({ parts: [{ id: 'c1' }] })
    expect(signal?.aborted).toBe(true)
    tell('noon')
    await settle()
    expect(client.requests.length).toBe(1)
    expect(brief(session.getState())).toEqual(['user: What time is it?', 'assistant: [tool-call]'])
  })

  it('are not waited for when the user goes on', () => {
    const { client, session } = start({ tools: createTools({ ask: {} }) })
    void session.sendMessage('Shall I?')
    client.last().callTools({ id: 'c1', name: 'ask' })
    void session.sendMessage('Never mind.')
    expect(client.last().request.messages).toEqual([
      { role: 'user', content: 'Shall I?' },
      { role: 'user', content: 'Never mind.' },
    ])
    client.last().answer('Well.')
    void session.addToolResult({ toolCallId: 'c1', result: 'late' })
    expect(client.requests.length).toBe(2)
    expect(brief(session.getState())).toEqual([
      'user: Shall I?',
      'assistant: [tool-call]',
      'tool: late',
      'user: Never mind.',
      'assistant: Well.',
    ])
  })

  it('know their calls: a result for another one is an error', async () => {
    const { session } = start({ tools: createTools({ ask: {} }) })
    expect(await session.addToolResult({ toolCallId: 'c1', result: '' })).toBeUndefined()
    expect(session.getState()).toMatchObject({
      status: 'error',
      error: { kind: 'unsupported', message: 'No tool call with this id waits for a result.' },
    })
  })

  it('take the results: without them, that is an error which says so', async () => {
    const { client, session } = start()
    void session.sendMessage('Shall I?')
    client.last().callTools({ id: 'c1', name: 'ask' })
    expect(await session.addToolResult({ toolCallId: 'c1', result: 'yes' })).toBeUndefined()
    expect(session.getState()).toMatchObject({
      status: 'error',
      error: { kind: 'unsupported', message: expect.stringContaining('createTools') },
    })
    expect(brief(session.getState())).toEqual(['user: Shall I?', 'assistant: [tool-call]'])
    expect(client.requests.length).toBe(1)
  })

  it('take the results, also if they are given with the result alone', () => {
    const { client, session } = start()
    void session.sendMessage('Shall I?')
    client.last().callTools({ id: 'c1', name: 'ask' })
    const tools = createTools({ ask: {} })
    void session.addToolResult({ toolCallId: 'c1', result: 'yes' }, { tools })
    expect(client.last().request).toMatchObject(tools.request)
    expect(client.last().request.messages.at(-1)).toMatchObject({ role: 'tool', content: 'yes' })
  })

  it('are not run for an answer that was stopped', () => {
    const execute = vi.fn()
    const { client, session } = start({ tools: createTools({ time: { execute } }) })
    void session.sendMessage('What time is it?')
    client.last().emit({ type: 'tool-call-delta', index: 0, toolIndex: 0, id: 'c1', name: 'time', raw: {} })
    session.stop()
    expect(execute).not.toHaveBeenCalled()
  })
})

describe('a question that waits behind tools', () => {
  const tools = { time: { execute: async () => 'noon' } }

  it('does not keep the model from its answer, though it is in the store already', async () => {
    const { client, session } = start({ tools: createTools(tools) })
    void session.sendMessage('What time is it?')
    void session.sendMessage('And the weather?')
    client.last().callTools({ id: 'c1', name: 'time' })
    await vi.waitFor(() => expect(client.requests.length).toBe(2))
    expect(client.last().request.messages.at(-1)).toMatchObject({ role: 'tool', content: 'noon' })
    client.last().answer('Noon.')
    client.last().answer('Rain.')
    expect(brief(session.getState())).toEqual([
      'user: What time is it?',
      'assistant: [tool-call]',
      'tool: noon',
      'assistant: Noon.',
      'user: And the weather?',
      'assistant: Rain.',
    ])
  })

  it('does not let the model call tools for ever', async () => {
    const { client, session } = start({ tools: createTools(tools, { maxRounds: 1 }) })
    void session.sendMessage('What time is it?')
    void session.sendMessage('And the weather?')
    client.last().callTools({ id: 'c1', name: 'time' })
    await vi.waitFor(() => expect(client.requests.length).toBe(2))
    client.last().callTools({ id: 'c2', name: 'time' })
    expect(session.getState().error?.message).toContain('more than 1 times')
    expect(client.last().request.messages.at(-1)).toMatchObject({ content: 'And the weather?' })
  })
})

describe("a store of one's own", () => {
  it('may fail when the answer settles: the sender has the answer, the state the error, and the next one goes out', async () => {
    const store = createMemoryStore()
    let isFull = false
    const { client, session } = start({
      store: {
        get: store.get,
        update(change) {
          if (isFull) throw new Error('disk full')
          store.update(change)
        },
      },
    })
    const first = session.sendMessage('One')
    const second = session.sendMessage('Two')
    isFull = true
    client.last().answer('1')
    expect(textOf(await first)).toBe('1')
    expect(session.getState().error).toMatchObject({ kind: 'unsupported', message: 'disk full' })
    isFull = false
    expect(client.requests.length).toBe(2)
    client.last().answer('2')
    expect(textOf(await second)).toBe('2')
  })

  it('gets the question at once, the answer when it settles, and nothing in between', () => {
    const { store, writes } = createExternalStore()
    const { client, session } = start({ store })
    void session.sendMessage('Hello')
    client.last().write('Good')
    expect(brief({ messages: store.get() })).toEqual(['user: Hello'])
    client.last().finish()
    expect(writes.length).toBe(2)
    expect(brief({ messages: store.get() })).toEqual(['user: Hello', 'assistant: Good'])
    expect(session.getState().messages).toBe(store.get())
  })

  it('may be written to meanwhile: no message is lost, and none is there twice', () => {
    const { store, set } = createExternalStore()
    const { client, session, states } = start({ store })
    void session.sendMessage('Hello')
    const question = session.getState().messages[0] as Message
    set([question]) // as a binding does, so that the question survives a reload
    session.refresh()
    client.last().write('Good')
    set([message('0', 'user', 'Before'), question, message('9', 'user', 'From elsewhere')])
    session.refresh()
    expect(brief(session.getState())).toEqual([
      'user: Before',
      'user: Hello',
      'assistant (streaming): Good',
      'user: From elsewhere',
    ])
    client.last().finish()
    expect(brief({ messages: store.get() })).toEqual([
      'user: Before',
      'user: Hello',
      'assistant: Good',
      'user: From elsewhere',
    ])
    for (const { messages } of states)
      expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length)
    for (const { messages } of states.slice(1)) expect(messages).toContainEqual(question)
  })

  it('may lose the open question to a refetch: it comes back with its answer', () => {
    const { store, set } = createExternalStore()
    const { client, session } = start({ store })
    void session.sendMessage('Hello')
    client.last().write('Good')
    set([])
    session.refresh()
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant (streaming): Good'])
    client.last().finish()
    expect(brief({ messages: store.get() })).toEqual(['user: Hello', 'assistant: Good'])
  })

  it('is looked at again by `refresh`, which publishes only what changed', () => {
    const { store, set } = createExternalStore([message('1', 'user', 'One')])
    const { session, states } = start({ store })
    session.refresh()
    set([...store.get()])
    session.refresh()
    expect(states.length).toBe(1)
    set([message('2', 'user', 'Two')])
    session.refresh()
    expect(states.length).toBe(2)
    expect(brief(session.getState())).toEqual(['user: Two'])
  })

  it('never has no message between the turn and the store', () => {
    const { client, session, states } = start()
    void session.sendMessage('Hello')
    client.last().write('Good')
    client.last().finish()
    const lengths = states.map(({ messages }) => messages.length)
    expect(lengths).toEqual([...lengths].sort())
  })
})

describe('a send in two phases', () => {
  const question = message('q', 'user', 'Hello')

  it('shows the question, then waits; the answer comes when it is asked for', async () => {
    const { client, session } = start()
    session.accept(question)
    expect(session.getState()).toMatchObject({ status: 'submitted', messages: [question] })
    expect(session.isOpen(question)).toBe(true)
    expect(client.requests.length).toBe(0)
    const answered = session.answer(question)
    client.last().write('Good')
    expect(session.isOpen(session.getState().messages[1] as Message)).toBe(true)
    client.last().answer(' day')
    expect(textOf(await answered)).toBe('Good day')
    expect(session.isOpen(question)).toBe(false)
  })

  it('keeps the order in which questions were accepted', () => {
    const { client, session } = start()
    session.accept(question)
    void session.sendMessage('Second')
    expect(client.requests.length).toBe(0)
    void session.answer(question)
    client.last().answer('1')
    client.last().answer('2')
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: 1', 'user: Second', 'assistant: 2'])
  })

  it('asks once, however often it is accepted and answered', () => {
    const { client, session } = start()
    session.accept(question)
    session.accept(question)
    void session.answer(question)
    void session.answer(question)
    expect(client.requests.length).toBe(1)
    expect(brief(session.getState())).toEqual(['user: Hello'])
  })

  it('takes a client and a model of its own, with the messages up to the question', () => {
    const { client, session } = start({ initialMessages: [message('1', 'user', 'Before')] })
    const stream = vi.fn<ChatClient['stream']>(() => NEVER)
    session.accept(question)
    session.accept(message('r', 'user', 'After'))
    void session.answer(question, { client: { stream }, model: 'other' })
    expect(stream.mock.lastCall?.[0]).toEqual({
      model: 'other',
      messages: [
        { role: 'user', content: 'Before' },
        { role: 'user', content: 'Hello' },
      ],
    })
    expect(client.requests.length).toBe(0)
  })

  it('keeps a question that cannot be sent, as `failed`, in its place or in the store', () => {
    for (const stored of [[], [question]]) {
      const { store } = createExternalStore(stored)
      const { session, states } = start({ store })
      session.accept(question)
      session.reject(question, new Error('no history'))
      expect(session.getState()).toMatchObject({ status: 'error', error: { message: 'no history' } })
      expect(store.get()).toMatchObject([{ id: 'q', state: 'failed', error: { message: 'no history' } }])
      expect(states.slice(1).every(({ messages }) => messages.length === 1)).toBe(true)
    }
  })

  it('does not take back a question that is being answered', () => {
    const { client, session } = start()
    session.accept(question)
    void session.answer(question)
    session.reject(question, new Error('too late'))
    client.last().answer('Good day')
    expect(brief(session.getState())).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('lets those behind a rejected question go on', () => {
    const { client, session } = start()
    session.accept(question)
    void session.sendMessage('Second')
    session.reject(question, new Error('no history'))
    client.last().answer('2')
    expect(brief(session.getState())).toEqual(['user (failed): Hello', 'user: Second', 'assistant: 2'])
  })

  it('marks a question as `aborted` that was stopped while it waited, also in the store', () => {
    const { store } = createExternalStore([question])
    const { session } = start({ store })
    session.accept(question)
    session.stop()
    expect(brief({ messages: store.get() })).toEqual(['user (aborted): Hello'])
  })
})

describe('a send with options of its own', () => {
  it("takes its client, model and fields; the next one takes the session's", () => {
    const { client, session } = start({ request: { temperature: 1 } })
    const other = createFakeClient()
    void session.sendMessage('One', { client: other, model: 'other', request: { temperature: 0 } })
    expect(other.last().request).toMatchObject({ model: 'other', temperature: 0 })
    other.last().answer('1')
    void session.regenerate(undefined, { model: 'again' })
    expect(client.last().request).toMatchObject({ model: 'again', temperature: 1 })
    client.last().answer('1')
    void session.sendMessage('Two')
    expect(client.last().request).toMatchObject({ model: 'deepseek-chat', temperature: 1 })
  })

  it('keeps them for its tool rounds, and reads the tools when it needs them', async () => {
    const { client, session } = start({
      tools: createTools({ time: { execute: async () => 'noon' } }),
    })
    let result = 'old'
    void session.sendMessage('What time is it?', {
      model: 'other',
      get tools() {
        const answer = result
        return createTools({ time: { execute: async () => answer } })
      },
    })
    result = 'new'
    client.last().callTools({ id: 'c1', name: 'time' })
    await vi.waitFor(() => expect(client.requests.length).toBe(2))
    expect(client.last().request).toMatchObject({ model: 'other' })
    expect(client.last().request.messages.at(-1)).toMatchObject({ role: 'tool', content: 'new' })
  })

  it('may be refused, or interrupt, while the session would queue', async () => {
    const { client, session } = start()
    void session.sendMessage('One')
    expect(await session.sendMessage('Two', { whenBusy: 'refuse' })).toBeUndefined()
    void session.sendMessage('Three', { whenBusy: 'interrupt' })
    expect(client.requests.map((request) => request.isClosed())).toEqual([true, false])
    expect(brief(session.getState())).toEqual(['user: One', 'user: Three'])
  })
})

describe('a binding that sends', () => {
  it('is given each question, shown and kept, and answers it in its time', async () => {
    const send = vi.fn()
    const { store } = createExternalStore()
    const { client, session } = start({ store, send })
    const sent = session.sendMessage('Hello', { model: 'other' })
    const question = session.getState().messages[0]
    expect(send.mock.calls).toEqual([[question, { model: 'other' }]])
    expect(store.get()).toEqual([question])
    expect(client.requests.length).toBe(0)
    const onBegin = vi.fn()
    void session.answer(question as Message, undefined, onBegin)
    expect(client.last().request.model).toBe('other')
    expect(onBegin).not.toHaveBeenCalled()
    client.last().write('Good')
    client.last().answer(' day')
    expect(onBegin).toHaveBeenCalledTimes(1)
    expect(textOf(await sent)).toBe('Good day')
    void session.regenerate()
    expect(send.mock.lastCall?.[0]).toEqual(question)
  })

  it('learns of a question that was stopped before', async () => {
    const told = vi.fn()
    const { session } = start({ send: (question) => void session.accept(question).then(told) })
    const sent = session.sendMessage('Hello')
    session.stop()
    expect(await sent).toBeUndefined()
    expect(told).toHaveBeenCalledWith(undefined)
    expect(brief(session.getState())).toEqual(['user (aborted): Hello'])
  })
})

describe('disposing', () => {
  it('closes the connection, says the last state, and completes', async () => {
    const { client, session, states, isComplete } = start()
    const sent = session.sendMessage('Hello')
    client.last().write('Good')
    session.dispose()
    expect(client.last().isClosed()).toBe(true)
    expect(isComplete()).toBe(true)
    expect(states.at(-1)).toMatchObject({ status: 'ready', attempt: undefined })
    expect(await sent).toBeUndefined()
  })

  it('writes nothing to the store, then or later', async () => {
    const { store, writes } = createExternalStore()
    const { client, session } = start({
      store,
      tools: createTools({ time: { execute: async () => 'noon' } }),
    })
    void session.sendMessage('One')
    client.last().callTools({ id: 'c1', name: 'time' })
    const waiting = session.sendMessage('Two')
    const before = writes.length
    session.dispose()
    await waiting
    session.setMessages([])
    session.accept(message('q', 'user', 'Hello'))
    session.reject(message('q', 'user', 'Hello'), new Error('no'))
    session.stop()
    session.clearError()
    session.refresh()
    session.dispose()
    await Promise.all([
      session.sendMessage('Three'),
      session.regenerate(),
      session.addToolResult({ toolCallId: 'c1', result: 'late' }),
      session.answer(message('q', 'user', 'Hello')),
    ])
    await new Promise((resolve) => setImmediate(resolve))
    expect(writes.length).toBe(before)
    expect(client.requests.length).toBe(1)
  })

  it('drops the cost that comes later', () => {
    const { store, writes } = createExternalStore()
    const { client, session } = start({ store })
    void session.sendMessage('Hello')
    client.last().write('Good day')
    client.last().finish()
    const before = writes.length
    session.dispose()
    client.last().emit(events.m)
    expect(client.last().isClosed()).toBe(true)
    expect(writes.length).toBe(before)
  })
})

describe('a stored conversation', () => {
  it('comes back as it was, but for what still streamed', () => {
    const { client, session } = start({ id: 'chat' })
    void session.sendMessage({ text: 'One', parts: [{ type: 'image', url: 'https://a.example/1.png' }] })
    client.last().answer('1')
    void session.sendMessage('Two')
    client.last().emit(events.z)
    client.last().write('2')
    const again = start(fromJSON(JSON.parse(JSON.stringify(session))))
    expect(again.session.id).toBe('chat')
    const { messages } = session.getState()
    expect(again.session.getState().messages.slice(0, 3)).toEqual(messages.slice(0, 3))
    expect(again.session.getState().messages[3]).toEqual({ ...messages[3], state: 'aborted' })
    expect(again.session.getState().status).toBe('ready')
  })

  it('is told apart by a random id', () => {
    expect(start().session.id).not.toBe(start().session.id)
  })
})

it('keeps what is in memory the same array until it changes', () => {
  const store = createMemoryStore()
  expect(store.get()).toBe(store.get())
})
