import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'
import type { ChatSession } from './chat-session.js'
import { createFeed } from './create-feed.js'
import type { Turns } from './create-turns.js'
import type { MessageStore } from './message-store.js'
import { createProjection } from './project-state.js'
import type { ChatSessionEvent, ChatSessionState } from './session-state.js'
import { toChatStreamError } from './to-chat-stream-error.js'

/** What a session lets the world see: its state, its last error, and what has ended. */
export interface SessionOutput {
  readonly view: Pick<ChatSession, 'state$' | 'events$' | 'getState' | 'getServerState'>
  /** The messages as they are now, published or not. */
  readonly messages: () => readonly Message[]
  /** Publishes the state, if anything has changed. */
  readonly publish: () => void
  /** Of the last answer; it is seen with the next publish. */
  readonly setError: (cause: unknown) => void
  /** Something failed that is no answer; with nothing, the last error is forgotten. */
  readonly tellError: (cause: unknown) => void
  /** An answer has ended. */
  readonly tellEnd: (message: Message) => void
  readonly tellCost: (message: Message) => void
  readonly complete: () => void
}

export function createSessionOutput(store: MessageStore, turns: Turns): SessionOutput {
  let error: ChatStreamError | undefined
  const project = createProjection(store, turns, () => error)
  const birth = project()
  let state = birth
  const getState = (): ChatSessionState => state
  const states = createFeed(getState)
  const events = createFeed<ChatSessionEvent>()

  const publish = (): void => {
    const next = project()
    if (next === state) return
    state = next
    states.next(state)
  }
  const setError = (cause: unknown): void => {
    error = cause === undefined ? undefined : toChatStreamError(cause)
  }
  const tellLastError = (): void => {
    if (error) events.next({ type: 'error', error })
  }

  return {
    view: { state$: states.feed$, events$: events.feed$, getState, getServerState: () => birth },
    messages: () => project().messages,
    publish,
    setError,
    tellError(cause) {
      setError(cause)
      publish()
      tellLastError()
    },
    tellCost(message) {
      publish()
      events.next({ type: 'cost', message })
    },
    tellEnd(message) {
      publish()
      events.next({
        type: 'finish',
        message,
        messages: state.messages,
        isAbort: message.state === 'aborted',
        isDisconnect: error?.kind === 'network',
        isError: error !== undefined,
        finishReason: message.finishReason,
      })
      tellLastError()
    },
    complete() {
      states.complete()
      events.complete()
    },
  }
}
