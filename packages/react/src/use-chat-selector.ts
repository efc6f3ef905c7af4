import type { ChatSession, ChatSessionState } from '@chatstream/core'
import { useQueryClient } from '@tanstack/react-query'
import { chatOptions } from './chat-options.js'
import { sessionOf } from './session-of.js'
import { useSessionState } from './use-session-state.js'

/**
 * A part of the state of a conversation: the component renders when this part changes. It only looks on: it neither
 * loads the history nor keeps an answer going.
 *
 * @param chat the id of a conversation, or a session of your own
 * @param select gives something that is the same object, or an equal value, as long as nothing has changed in it
 *
 * @example
 * ```tsx
 * import { useChatSelector } from '@chatstream/react'
 *
 * export function Entry({ chat, title }: { chat: string; title: string }) {
 *   const isStreaming = useChatSelector(chat, ({ status }) => status === 'streaming')
 *   return <li>{isStreaming ? `${title} …` : title}</li>
 * }
 * ```
 */
export function useChatSelector<T>(chat: string | ChatSession, select: (state: ChatSessionState) => T): T {
  // Which of the two it is does not change while a component lives.
  const useSession: (chat: never) => ChatSession = typeof chat === 'string' ? useCachedSession : useOwnSession
  return useSessionState(useSession(chat as never), select)
}

const useOwnSession = (session: ChatSession): ChatSession => session

const useCachedSession = (id: string): ChatSession => sessionOf(useQueryClient(), chatOptions({ id }))
