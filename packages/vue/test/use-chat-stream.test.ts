import { ChatStreamError, createChatSession, createTools, type Message } from '@chatstream/core'
import { brief, createFakeClient, message } from '@chatstream/fake-chat'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  computed,
  effectScope,
  isProxy,
  isReadonly,
  isRef,
  nextTick,
  reactive,
  ref,
  watch,
  watchEffect,
} from 'vue'
import { useChatStream } from '../src/index.js'
import { mountChat, soon } from './mount-chat.js'

const unavailable = new ChatStreamError('upstream', 'The server is busy.', { status: 503 })

const toolCall = {
  type: 'tool-call-delta',
  index: 0,
  toolIndex: 0,
  id: 'c1',
  name: 'time',
  arguments: '{}',
  raw: {},
} as const

describe('a conversation', () => {
  it('shows the question at once, and the answer as it streams', async () => {
    const { chat, client, page, send } = mountChat()
    const { messages, status, error, attempt, id } = chat
    expect([messages, status, error, attempt, id].map(({ value }) => value)).toEqual([
      [],
      'ready',
      undefined,
      undefined,
      '1',
    ])
    send()
    expect(status.value).toBe('submitted')
    expect(attempt.value).toMatchObject({ attempt: 1 })
    expect(brief(messages.value)).toEqual(['user: Hello'])
    client.last().write('Good')
    expect(status.value).toBe('streaming')
    expect(brief(messages.value)).toEqual(['user: Hello', 'assistant (streaming): Good'])
    await nextTick()
    expect(page.text()).toBe('streaming 2')
    client.last().finish(' day')
    expect(status.value).toBe('ready')
    expect(attempt.value).toBeUndefined()
    expect(brief(messages.value)).toEqual(['user: Hello', 'assistant: Good day'])
    expect(client.requests.length).toBe(1)
  })

  it('sends the model, the fields of the request and the conversation', () => {
    const { client, send } = mountChat({
      model: 'deepseek-chat',
      request: { temperature: 0 },
      initialMessages: [message('0', 'system', 'Be brief.')],
    })
    send()
    expect(client.last().request).toEqual({
      model: 'deepseek-chat',
      temperature: 0,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hello' },
      ],
    })
  })

  it('stops, answers again, edits, replaces the messages', () => {
    const { chat, client, send } = mountChat()
    send()
    client.last().write('Good')
    chat.stop()
    expect(client.last().isClosed()).toBe(true)
    expect(chat.status.value).toBe('ready')
    expect(brief(chat.messages.value)).toEqual(['user: Hello', 'assistant (aborted): Good'])
    void chat.regenerate()
    client.last().finish('Good evening')
    expect(brief(chat.messages.value)).toEqual(['user: Hello', 'assistant: Good evening'])
    const messageId = chat.messages.value[0]?.id as string
    void chat.sendMessage({ text: 'Bye', messageId })
    client.last().finish('Good night')
    expect(brief(chat.messages.value)).toEqual(['user: Bye', 'assistant: Good night'])
    chat.setMessages((messages) => messages.slice(0, 1))
    expect(brief(chat.messages.value)).toEqual(['user: Bye'])
    expect(client.requests.length).toBe(3)
  })

  it('shows what failed, until it is cleared, and never rejects', async () => {
    const { chat, client } = mountChat()
    const sent = chat.sendMessage('Hello')
    client.last().write('Good')
    client.last().fail(unavailable)
    expect(await sent).toMatchObject({ state: 'failed', error: { kind: 'upstream' } })
    expect([chat.status.value, chat.error.value]).toEqual(['error', unavailable])
    expect(brief(chat.messages.value)).toEqual(['user: Hello', 'assistant (failed): Good'])
    chat.clearError()
    expect([chat.status.value, chat.error.value]).toEqual(['ready', undefined])
    expect(await chat.sendMessage('')).toBeUndefined()
    expect(chat.error.value?.kind).toBe('unsupported')
  })

  it('runs the newest tools, with the client and the model of the send', async () => {
    const options = (result: string) => ({
      model: result,
      tools: createTools({ time: { execute: async () => result } }),
    })
    const { change, client, send } = mountChat(options('noon'))
    send()
    change({ ...options('midnight'), client: createFakeClient() })
    client.last().emit(toolCall)
    client.last().finish()
    await vi.waitFor(() => expect(client.requests.length).toBe(2))
    expect(client.last().request.model).toBe('noon')
    expect(client.last().request.messages.at(-1)).toMatchObject({ role: 'tool', content: 'midnight' })
  })

  it('takes the results of tools by hand', () => {
    const { chat, client, send } = mountChat({ tools: createTools({ time: {} }) })
    send()
    client.last().emit(toolCall)
    client.last().finish()
    void chat.addToolResult({ toolCallId: 'c1', result: 'noon' })
    client.last().finish('It is noon.')
    expect(brief(chat.messages.value)).toEqual([
      'user: Hello',
      'assistant: [tool-call]',
      'tool: noon',
      'assistant: It is noon.',
    ])
  })

  it('resumes the answer that the page was left in, once, however many ask', async () => {
    const streams: string[] = []
    const answers = createFakeClient()
    const client = {
      ...answers,
      resume: (streamId: string) => {
        streams.push(streamId)
        return answers.stream({ model: 'm', messages: [] })
      },
    }
    const { chat } = mountChat({
      client,
      initialMessages: [{ ...message('0', 'user', 'Hello'), streamId: 's1' }],
    })
    const resumed = [chat.resume(), chat.resume()]
    expect(chat.status.value).toBe('submitted')
    answers.last().emit({
      type: 'response-start',
      attempt: 1,
      endpoint: 'https://fake.example/v1',
      status: 200,
      streamId: 's1',
    })
    answers.last().finish('Good day')
    expect((await Promise.all(resumed)).map((answer) => answer && brief([answer]))).toEqual([
      ['assistant: Good day'],
      ['assistant: Good day'],
    ])
    expect(brief(chat.messages.value)).toEqual(['user: Hello', 'assistant: Good day'])
    expect(streams).toEqual(['s1'])
    expect(await chat.resume()).toBeUndefined()
  })

  it('tells the newest callbacks of ends, errors and costs', () => {
    const old = vi.fn()
    const callbacks = { onFinish: vi.fn(), onError: vi.fn(), onCost: vi.fn() }
    const { change, chat, client, send } = mountChat({ onFinish: old, onError: old, onCost: old })
    send()
    change(callbacks)
    client.last().write('Good')
    client.last().emit({ type: 'answer-end' })
    client.last().emit({ type: 'cost', cost: '0.0012' })
    client.last().end()
    const answer = expect.objectContaining({ id: chat.messages.value[1]?.id })
    expect(callbacks.onFinish.mock.calls).toEqual([
      [expect.objectContaining({ message: answer, isError: false })],
    ])
    expect(callbacks.onCost.mock.calls).toEqual([[{ message: answer }]])
    send('Again')
    client.last().fail(unavailable)
    expect(callbacks.onError.mock.calls).toEqual([[unavailable]])
    expect(old).not.toHaveBeenCalled()
  })
})

describe('the refs', () => {
  it('are read-only, and so is what they hold: plain data', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { chat, client, send } = mountChat({ initialMessages: [message('0', 'user', 'Before')] })
    send()
    client.last().write('Good')
    for (const name of ['messages', 'status', 'error', 'attempt', 'id'] as const) {
      expect(isRef(chat[name]) && isReadonly(chat[name])).toBe(true)
      const before = chat[name].value
      Object.assign(chat[name], { value: 'changed' })
      expect(chat[name].value).toBe(before)
    }
    expect(isProxy(chat.messages.value)).toBe(false)
    const part = chat.messages.value[2]?.parts[0]
    expect(part && isProxy(part)).toBe(false)
    warn.mockRestore()
  })

  it('hold messages that can be cloned and posted, whatever was made reactive before', async () => {
    const history = ref([message('0', 'user', 'Before')])
    const images = ref([{ type: 'image', url: 'data:image/png;base64,AA==' }] as const)
    const { chat, client } = mountChat({ initialMessages: history.value })
    void chat.sendMessage({ text: 'Hello', parts: images.value })
    client.last().finish('Good day')
    const { port1, port2 } = new MessageChannel()
    const arrived = new Promise<MessageEvent>((resolve) => port2.addEventListener('message', resolve))
    port2.start()
    port1.postMessage(chat.messages.value)
    expect((await arrived).data).toEqual(chat.messages.value)
    port1.close()
    for (const replaced of [history.value, [...history.value, message('1', 'user', 'More')]]) {
      chat.setMessages(replaced)
      expect(structuredClone(chat.messages.value)).toEqual(chat.messages.value)
      chat.setMessages(() => replaced)
      expect(structuredClone(chat.messages.value)).toEqual(chat.messages.value)
    }
  })

  it('keep the identity of what did not change, and change it for what did', () => {
    const { chat, client, send } = mountChat({ initialMessages: [message('0', 'user', 'Before')] })
    send()
    client.last().write('Good')
    const [before, question, answer] = chat.messages.value
    client.last().write(' day')
    expect(chat.messages.value[0]).toBe(before)
    expect(chat.messages.value[1]).toBe(question)
    expect(chat.messages.value[2]).not.toBe(answer)
    expect(chat.messages.value[2]?.parts).not.toBe(answer?.parts)
  })

  it('update what is computed of the parts of the last message', () => {
    const { chat, client, send } = mountChat()
    const parts = computed(() => chat.messages.value.at(-1)?.parts.length ?? 0)
    const last = computed(() => chat.messages.value.at(-1))
    const text = computed(() => last.value?.parts.map((part) => ('text' in part ? part.text : '')).join('|'))
    send()
    expect([parts.value, text.value]).toEqual([1, 'Hello'])
    client.last().emit({ type: 'reasoning-delta', index: 0, text: 'Hm', raw: {} })
    expect([parts.value, text.value]).toEqual([1, 'Hm'])
    client.last().write('Good')
    expect([parts.value, text.value]).toEqual([2, 'Hm|Good'])
    client.last().write(' day')
    expect([parts.value, text.value]).toEqual([2, 'Hm|Good day'])
  })

  it('change together: no watcher sees half of a state', () => {
    const { chat, client, send } = mountChat()
    const torn: string[] = []
    const look = (): void => {
      const { messages, status } = chat
      const isStreaming = messages.value.at(-1)?.state === 'streaming'
      if (isStreaming !== (status.value === 'streaming'))
        torn.push(`${status.value} ${brief(messages.value)}`)
    }
    watch(chat.messages, look, { flush: 'sync' })
    watch(chat.status, look, { flush: 'sync' })
    send()
    client.last().finish('Good day')
    expect(torn).toEqual([])
  })
})

describe('renders', () => {
  it('of 2,000 pieces are a few: at most one for each frame', async () => {
    const { client, renders, send } = mountChat({
      pace: {},
      initialMessages: Array.from({ length: 200 }, (_, at) => message(`m${at}`, 'user', `${at}`)),
    })
    send()
    await soon()
    let frames = 0
    const count = (): void => {
      frames++
      frame = requestAnimationFrame(count)
    }
    let frame = requestAnimationFrame(count)
    const before = renders()
    for (let at = 0; at < 2000; at++) {
      client.last().write('word ')
      if (at % 100 === 99) await new Promise(requestAnimationFrame)
    }
    client.last().finish()
    await soon()
    cancelAnimationFrame(frame)
    expect(renders() - before).toBeLessThanOrEqual(frames + 3)
    expect(renders() - before).toBeGreaterThan(1)
  })

  it('go on in a hidden tab, which has no frames: once a second', async () => {
    vi.useFakeTimers()
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    const frame = vi.spyOn(globalThis, 'requestAnimationFrame').mockReturnValue(0)
    onTestFinished(() => void vi.useRealTimers().restoreAllMocks())
    const { client, page, renders, send } = mountChat({ pace: {} })
    send()
    client.last().write('word ')
    await soon()
    const before = renders()
    for (let at = 0; at < 50; at++) client.last().write('word ')
    await soon()
    expect(renders()).toBe(before)
    await vi.advanceTimersByTimeAsync(1000)
    expect(renders()).toBe(before + 1)
    client.last().finish()
    await soon()
    expect(page.text()).toBe('ready 2')
    expect(frame).not.toHaveBeenCalled()
  })
})

describe('the options', () => {
  it('may be plain, refs, getters, or reactive', () => {
    const client = createFakeClient()
    const scope = effectScope()
    const model = ref('first')
    const given = [
      { client, model },
      { client: () => client, model: () => model.value },
      () => ({ client, model: model.value }),
      ref({ client, model }),
      reactive({ client, model }),
      computed(() => ({ client, model: model.value })),
    ]
    const chats = given.map((options) => scope.run(() => useChatStream(options)))
    for (const next of ['first', 'second']) {
      model.value = next
      for (const chat of chats) {
        void chat?.sendMessage('Hello')
        client.last().finish('Good day')
        expect(client.last().request.model).toBe(next)
        expect(structuredClone(chat?.messages.value)).toEqual(chat?.messages.value)
      }
    }
    scope.stop()
  })

  it('id changes in mid-stream: the old conversation stops, the new one is its own', async () => {
    const { change, chat, client, send } = mountChat()
    send()
    client.last().write('Good')
    change({ id: '2' })
    expect([chat.id.value, chat.messages.value, chat.status.value]).toEqual(['2', [], 'ready'])
    await soon()
    expect(client.last().isClosed()).toBe(true)
    client.last().write(' day')
    expect(chat.messages.value).toEqual([])
    change({ id: '1' })
    expect(brief(chat.messages.value)).toEqual(['user: Hello', 'assistant (aborted): Good'])
  })

  it('id changes: what is sent in the next line goes to the new conversation', () => {
    const { change, chat, client, send, sessions } = mountChat()
    change({ id: '2' })
    send()
    client.last().finish('Good day')
    expect(brief(chat.messages.value)).toEqual(['user: Hello', 'assistant: Good day'])
    change({ id: '1' })
    expect(chat.messages.value).toEqual([])
    expect(sessions.toJSON().map(({ id, messages }) => [id, messages.length])).toEqual([
      ['1', 0],
      ['2', 2],
    ])
  })

  it('client and model go with the send: an answer that streams keeps its own', () => {
    const next = createFakeClient()
    const { change, client, send } = mountChat({ model: 'first' })
    send()
    change({ client: next, model: 'second' })
    client.last().write('Good')
    expect(client.last().isClosed()).toBe(false)
    client.last().finish()
    send('Again')
    expect(client.requests.map(({ request }) => request.model)).toEqual(['first'])
    expect(next.requests.map(({ request }) => request.model)).toEqual(['second'])
  })

  it('do not make an effect that sends send again', async () => {
    const client = createFakeClient()
    const model = ref('first')
    const prompt = ref('Hello')
    const scope = effectScope()
    scope.run(() => {
      const { sendMessage } = useChatStream(() => ({ client, model: model.value, whenBusy: 'interrupt' }))
      watchEffect(() => void sendMessage(prompt.value))
    })
    client.last().finish('Good day')
    model.value = 'second'
    await soon()
    expect(client.requests.length).toBe(1)
    prompt.value = 'Again'
    await soon()
    expect(client.requests.length).toBe(2)
    scope.stop()
  })
})

describe('the scope', () => {
  it('ends, and stops the stream', async () => {
    const { client, page, send } = mountChat()
    send()
    client.last().write('Good')
    page.unmount()
    await soon()
    expect(client.last().isClosed()).toBe(true)
  })

  it('ends outside of a component, too', () => {
    const client = createFakeClient()
    const scope = effectScope()
    const chat = scope.run(() => useChatStream({ client, model: 'm', pace: false }))
    void chat?.sendMessage('Hello')
    client.last().write('Good')
    scope.stop()
    expect(client.last().isClosed()).toBe(true)
  })

  it('ends with nothing told, and nothing asked for, after it', async () => {
    const onFinish = vi.fn()
    const { chat, client, page, send } = mountChat({ id: undefined, onFinish })
    send()
    client.last().write('Good')
    page.unmount()
    await soon()
    expect(onFinish).not.toHaveBeenCalled()
    expect(await chat.sendMessage('Again')).toBeUndefined()
    expect(client.requests.length).toBe(1)
  })
})

describe('a session of your own', () => {
  const createSession = (id: string) => {
    const client = createFakeClient()
    return { client, session: createChatSession({ id, client, model: 'm', pace: false }) }
  }

  it('is shown, and not stopped when the scope ends', async () => {
    const { client, session } = createSession('s')
    const onFinish = vi.fn()
    const scope = effectScope()
    const chat = scope.run(() => useChatStream({ session, onFinish }))
    void chat?.sendMessage('Hello')
    client.last().write('Good')
    expect([chat?.id.value, chat?.status.value]).toEqual(['s', 'streaming'])
    scope.stop()
    await soon()
    expect(client.last().isClosed()).toBe(false)
    client.last().finish(' day')
    expect(onFinish).not.toHaveBeenCalled()
    const again = effectScope().run(() => useChatStream(reactive({ session })))
    expect(brief(again?.messages.value)).toEqual(['user: Hello', 'assistant: Good day'])
    expect(structuredClone(again?.messages.value as readonly Message[]).length).toBe(2)
  })

  it('may be replaced by another', () => {
    const [one, other] = [createSession('a'), createSession('b')]
    const session = ref<'a' | 'b'>('a')
    const chat = effectScope().run(() =>
      useChatStream({ session: () => (session.value === 'a' ? one : other).session }),
    )
    void chat?.sendMessage('Hello')
    session.value = 'b'
    expect([chat?.id.value, chat?.messages.value]).toEqual(['b', []])
    one.client.last().finish('Good day')
    expect(chat?.messages.value).toEqual([])
    session.value = 'a'
    expect(brief(chat?.messages.value)).toEqual(['user: Hello', 'assistant: Good day'])
  })

  it('that is disposed is shown as it was', () => {
    const { client, session } = createSession('s')
    const chat = effectScope().run(() => useChatStream({ session }))
    void chat?.sendMessage('Hello')
    client.last().finish('Good day')
    session.dispose()
    expect(brief(chat?.messages.value)).toEqual(['user: Hello', 'assistant: Good day'])
  })
})
