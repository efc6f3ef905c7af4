import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ChatEvent } from '../src/event/chat-event.js'
import type { Message } from '../src/message/message.js'
import { createChatSession } from '../src/session/create-chat-session.js'
import type { MessageStore } from '../src/session/message-store.js'
import { createFakeClient } from './fake-client.js'
import { createFakePage } from './fake-page.js'
import { textOf } from './watch-session.js'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const history: readonly Message[] = Array.from({ length: 200 }, (_, at) => ({
  id: `m${at}`,
  role: at % 2 === 0 ? 'user' : 'assistant',
  parts: [{ type: 'text', text: `message ${at}` }],
  state: 'complete',
}))

/** Work is counted, not timed: how often the messages are looked at, and how often a state is made of them. */
function countWork() {
  let looks = 0
  let writes = 0
  let messages = history
  const store: MessageStore = {
    get() {
      looks++
      return messages
    },
    update(change) {
      writes++
      messages = change(messages)
    },
  }
  return { store, looks: () => looks, writes: () => writes }
}

const TOKENS_PER_FRAME = 100

/** Streams so many tokens into one answer, on a page with a frame for every hundred. */
function streamTokens(tokens: number) {
  vi.useFakeTimers({ now: 0 })
  const page = createFakePage()
  const client = createFakeClient()
  const { store, looks, writes } = countWork()
  const session = createChatSession({ client, model: 'm', store })
  let publishes = 0
  let isHistoryIdentical = true
  const answers = new Set<Message | undefined>()
  session.state$.subscribe(({ messages }) => {
    publishes++
    isHistoryIdentical &&= history.every((message, at) => messages[at] === message)
    answers.add(messages[201])
  })
  void session.sendMessage('Go on')
  const before = { publishes, looks: looks() }
  const piece: ChatEvent = { type: 'text-delta', index: 0, text: 'word ', raw: {} }
  for (let token = 1; token <= tokens; token++) {
    client.last().emit(piece)
    if (token % TOKENS_PER_FRAME !== 0) continue
    vi.advanceTimersByTime(16)
    page.frame()
  }
  const streaming = { publishes: publishes - before.publishes, looks: looks() - before.looks }
  const publishesBeforeEnd = publishes
  client.last().finish()
  const result = {
    ...streaming,
    publishesAtEnd: publishes - publishesBeforeEnd,
    writes: writes(),
    answers: answers.size,
    isHistoryIdentical,
    text: textOf(session.getState().messages[201]),
    left: page.left(),
  }
  session.dispose()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  return result
}

describe('an answer of 50,000 tokens after 200 messages', () => {
  it('is published once a frame, and each of the 200 stays the same object', () => {
    const { publishes, publishesAtEnd, writes, answers, isHistoryIdentical, text, left } =
      streamTokens(50_000)
    const frames = 50_000 / TOKENS_PER_FRAME
    expect(publishes).toBeGreaterThan(frames * 0.9)
    expect(publishes).toBeLessThanOrEqual(frames + 1) // the first piece at once
    expect(publishesAtEnd).toBe(1)
    expect(answers).toBeLessThanOrEqual(frames + 3)
    expect(writes).toBe(2) // the question, the answer
    expect(isHistoryIdentical).toBe(true)
    expect(text).toBe('word '.repeat(50_000))
    expect(left).toBe(0)
  })

  it('costs as much for each token as one of 5,000', () => {
    const short = streamTokens(5000)
    const long = streamTokens(50_000)
    expect(long.publishes / short.publishes).toBeCloseTo(10, 0)
    expect(long.looks / short.looks).toBeCloseTo(10, 0)
    expect(long.looks / long.publishes).toBeLessThanOrEqual(2)
  })
})
