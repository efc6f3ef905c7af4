import type { ChatSession, Message } from '@chatstream/core'
import { useQueryClient } from '@tanstack/react-query'
import { chatOptions } from './chat-options.js'
import { sessionOf } from './session-of.js'
import { useSessionState } from './use-session-state.js'

/**
 * One message of a conversation: the component renders when this message changes, and not with the others.
 *
 * @param chat the id of a conversation, or a session of your own
 *
 * @example
 * ```tsx
 * import { useChatMessage } from '@chatstream/react'
 *
 * export function Row({ chat, id }: { chat: string; id: string }) {
 *   const message = useChatMessage(chat, id)
 *   return <p>{message?.parts.map((part) => part.type === 'text' && part.text)}</p>
 * }
 * ```
 */
export function useChatMessage(chat: string | ChatSession, messageId: string): Message | undefined {
  // Which of the two it is does not change while a component lives.
  const useSession: (chat: never) => ChatSession = typeof chat === 'string' ? useCachedSession : useOwnSession
  return useSessionState(useSession(chat as never), ({ messages }) =>
    messages.find(({ id }) => id === messageId),
  )
}

const useOwnSession = (session: ChatSession): ChatSession => session

const useCachedSession = (id: string): ChatSession => sessionOf(useQueryClient(), chatOptions({ id }))
