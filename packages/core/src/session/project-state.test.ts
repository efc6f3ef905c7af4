import { NEVER } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'
import { createTurns } from './create-turns.js'
import { createMemoryStore } from './message-store.js'
import { createProjection } from './project-state.js'

const message = (id: string, role: Message['role'] = 'user'): Message => ({
  id,
  role,
  parts: [],
  state: 'complete',
})

const start = (initialMessages: readonly Message[] = []) => {
  const store = createMemoryStore(initialMessages)
  const pacer = { push: () => {}, end: () => {} }
  const turns = createTurns(() => pacer, {
    onChange: () => {},
    onSettle: () => undefined,
    onCost: () => {},
    onStream: () => {},
    onStop: () => {},
    request: () => NEVER,
  })
  let error: ChatStreamError | undefined
  return {
    store,
    turns,
    project: createProjection(store, turns, () => error),
    fail: (next: ChatStreamError | undefined) => {
      error = next
    },
  }
}

describe('createProjection', () => {
  it('shows the settled messages, and is the same object until something changed', () => {
    const messages = [message('1')]
    const { project, store } = start(messages)
    const state = project()
    expect(state).toEqual({ messages, status: 'ready', error: undefined, attempt: undefined })
    expect(state.messages).toBe(messages)
    expect(project()).toBe(state)
    store.update((messages) => [...messages])
    expect(project()).toBe(state)
    store.update((messages) => [...messages, message('2')])
    expect(project()).not.toBe(state)
  })

  it('shows open turns, and says what the first one does', () => {
    const { project, turns } = start([message('1')])
    const turn = turns.add(message('2'), {})
    turns.add(message('3'), {})
    expect(project()).toMatchObject({
      messages: [{ id: '1' }, { id: '2' }, { id: '3' }],
      status: 'submitted',
    })
    turns.start(turn)
    turn.answer = message('a', 'assistant')
    turn.attempt = { attempt: 1, endpoint: 'https://a.example/v1' }
    const state = project()
    expect(state).toMatchObject({
      messages: [{ id: '1' }, { id: '2' }, { id: 'a' }, { id: '3' }],
      status: 'streaming',
      attempt: turn.attempt,
    })
    expect(project()).toBe(state)
  })

  it('keeps the list of messages where only the rest changed', () => {
    const { project, turns, fail } = start([message('1')])
    const { messages } = project()
    fail(new ChatStreamError('http', 'no'))
    expect(project()).toMatchObject({ status: 'error', error: { kind: 'http' } })
    expect(project().messages).toBe(messages)
    const turn = turns.add(message('2'), {})
    const open = project().messages
    expect(project().status).toBe('submitted')
    turn.attempt = { attempt: 1, endpoint: 'https://a.example/v1' }
    expect(project().messages).toBe(open)
  })
})
