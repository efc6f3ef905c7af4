import type { Message } from '../src/message/message.js'
import type { ChatSession } from '../src/session/chat-session.js'
import type { ChatSessionEvent, ChatSessionState } from '../src/session/session-state.js'

/** Everything that a session has published and told so far. */
export function watchSession(session: ChatSession) {
  const states: ChatSessionState[] = []
  const told: ChatSessionEvent[] = []
  let isComplete = false
  session.state$.subscribe({
    next: (state) => states.push(state),
    complete: () => {
      isComplete = true
    },
  })
  session.events$.subscribe((event) => told.push(event))
  return { states, told, isComplete: () => isComplete }
}

export const textOf = (message: Message | undefined): string =>
  message?.parts.map((part) => ('text' in part ? part.text : `[${part.type}]`)).join('') ?? ''

/** `user: Hello` and so on, with the state of those that are not complete. */
export const brief = ({ messages }: Pick<ChatSessionState, 'messages'>): readonly string[] =>
  messages.map(
    (message) =>
      `${message.role}${message.state === 'complete' ? '' : ` (${message.state})`}: ${textOf(message)}`,
  )
