import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Turns } from './create-turns.js'
import { mergeMessages } from './merge-messages.js'
import { differs, type MessageStore } from './message-store.js'
import type { ChatSessionState, ChatStatus } from './session-state.js'

/**
 * The state as it follows from the settled messages, the open turns and the last error. What has not changed since the
 * last look is the same object, the whole state included.
 */
export function createProjection(
  store: MessageStore,
  turns: Turns,
  errorNow: () => ChatStreamError | undefined,
): () => ChatSessionState {
  // The first look adds the rest.
  let last = { messages: [] } as Partial<ChatSessionState> as ChatSessionState
  return () => {
    const open = turns.open()
    const shown = mergeMessages(
      store.get(),
      open.flatMap(({ question, answer }) => (answer ? [question, answer] : question)),
    )
    const isNew = shown.length !== last.messages.length || differs(shown, last.messages)
    const messages = isNew ? shown : last.messages
    const error = errorNow()
    const first = open[0]
    const idle = error ? 'error' : 'ready'
    const busy = first?.answer ? 'streaming' : 'submitted'
    const status: ChatStatus = first ? busy : idle
    const next: ChatSessionState = { messages, status, error, attempt: first?.attempt }
    if (differs(next, last)) last = next
    return last
  }
}
