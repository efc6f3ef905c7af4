import { describeLifecycle, toSeenRequest } from '@chatstream/lifecycle'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { Subscription, skip, tap } from 'rxjs'
import { afterAll, beforeAll } from 'vitest'
import { createChatClient } from '../src/create-chat-client.js'
import { isChatStreamError } from '../src/errors/chat-stream-error.js'
import { accumulateMessage } from '../src/message/accumulate-message.js'
import type { Message } from '../src/message/message.js'
import { createChatSession } from '../src/session/create-chat-session.js'
import type { ChatSessionState } from '../src/session/session-state.js'
import { toUserMessage } from '../src/session/to-user-message.js'
import { textOf } from './watch-session.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())

const server = {
  origin: () => new URL(simulator.url).origin,
  requests: () => simulator.journal.entries.map(toSeenRequest),
  reset: (path: string) => simulator.resetConnections(path),
}

describeLifecycle('a session', {
  ...server,
  actions: ['stop', 'dispose', 'regenerate', 'edit'],
  hasReports: true,
  mount: (options) => {
    const session = createChatSession({ client: createChatClient(options), model: 'deepseek-chat' })
    return {
      ...session,
      onState: (listener) => {
        session.state$.pipe(skip(1)).subscribe(listener)
      },
    }
  },
})

// The least that a binding can be: one subscription to a request.
describeLifecycle('a stream', {
  ...server,
  actions: ['stop', 'unmount'],
  hasReports: false,
  mount(options) {
    const client = createChatClient(options)
    const listeners: ((state: ChatSessionState) => void)[] = []
    let state: ChatSessionState = { messages: [], status: 'ready', error: undefined, attempt: undefined }
    let controller = new AbortController()
    let subscription = new Subscription()

    const show = (next: Partial<ChatSessionState>): void => {
      state = { ...state, ...next }
      for (const listener of listeners) listener(state)
    }
    const showAnswer = (history: readonly Message[], answer: Message): void => {
      const hasBegun = answer.parts.length > 0
      const status = answer.state !== 'streaming' ? 'ready' : hasBegun ? 'streaming' : 'submitted'
      show({ messages: hasBegun ? [...history, answer] : history, status })
    }

    return {
      getState: () => state,
      onState: (listener) => listeners.push(listener),
      sendMessage(input) {
        const history = [...state.messages, toUserMessage(input)]
        show({ messages: history, status: 'submitted', error: undefined })
        controller = new AbortController()
        const messages = history.map((message) => ({ role: message.role, content: textOf(message) }))
        subscription = client
          .stream({ model: 'deepseek-chat', messages }, { signal: controller.signal })
          .pipe(
            tap((event) => {
              if (event.type === 'attempt-failed' || event.type === 'attempt-start') show({ attempt: event })
            }),
            accumulateMessage(),
          )
          .subscribe({
            next: (answer) => {
              if (answer.state !== 'failed') showAnswer(history, answer)
              else show({ messages: answer.parts.length > 0 ? [...history, answer] : history })
            },
            error: (error: unknown) => show({ status: 'error', ...(isChatStreamError(error) && { error }) }),
          })
      },
      stop: () => controller.abort(),
      unmount: () => subscription.unsubscribe(),
    }
  },
})
