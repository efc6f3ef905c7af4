import type { ChatSession, Message } from '@chatstream/core'
import type { QueryClient } from '@tanstack/react-query'
import type { ChatMessagesKey } from './chat-keys.js'
import type { ChatQuery } from './chat-query.js'

/** Keyed by the query, not by its key: one that was removed can never be found again, and a new one starts anew. */
export const chatSessions: WeakMap<ChatQuery, ChatSession> = new WeakMap()

/** The session of a conversation, if there is one. */
export function findSession(queryClient: QueryClient, queryKey: ChatMessagesKey): ChatSession | undefined {
  const query = queryClient
    .getQueryCache()
    .find<readonly Message[], Error, readonly Message[]>({ queryKey, exact: true })
  return query && chatSessions.get(query as unknown as ChatQuery)
}
