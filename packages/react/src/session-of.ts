import { type ChatSession, type ChatSessionOptions, createChatSession } from '@chatstream/core'
import type { QueryClient } from '@tanstack/react-query'
import type { ChatQuery, ChatQueryOptions } from './chat-query.js'
import { chatSessions } from './chat-sessions.js'
import { createQueryStore } from './create-query-store.js'
import { pausedSends, sendAsMutation } from './send-as-mutation.js'

/**
 * The session of a conversation, made at the first look. It may be looked for in render: nothing is asked for, no id is
 * made, no timer is set.
 */
export function sessionOf(queryClient: QueryClient, options: ChatQueryOptions): ChatSession {
  const cache = queryClient.getQueryCache()
  const query = cache.build(
    queryClient,
    queryClient.defaultQueryOptions(options) as never,
  ) as unknown as ChatQuery
  const existing = chatSessions.get(query)
  if (existing) return existing
  // Each send brings its client, and its model.
  const session: ChatSession = createChatSession({
    id: query.queryKey[2],
    pace: options.meta.pace,
    store: createQueryStore(queryClient, query),
    send: (...send) => sendAsMutation(queryClient, query, session, ...send),
  } satisfies Omit<ChatSessionOptions, 'client' | 'model'> as ChatSessionOptions)
  chatSessions.set(query, session)
  follow(queryClient, query, session)
  return session
}

/** The query decides how long its session lives: those who look at it are counted there already. */
function follow(queryClient: QueryClient, query: ChatQuery, session: ChatSession): void {
  /** What the last one who left wants to become of it. */
  let whenUnused: unknown

  const stopIfUnused = async (): Promise<void> => {
    // Not at once: StrictMode, and a component that moves, leave and come back in one go.
    await undefined
    if (query.getObserversCount() > 0 || whenUnused === 'continue') return
    // What waits for the network goes out without an audience, as after a reload.
    if (session.getState().attempt || !queryClient.isMutating(pausedSends(session.id))) session.stop()
  }

  const unsubscribe = queryClient.getQueryCache().subscribe((event) => {
    if (event.query !== (query as unknown)) return
    if (event.type === 'updated') session.refresh()
    if (event.type === 'observerRemoved') {
      whenUnused = event.observer.options.meta?.['whenUnused']
      void stopIfUnused()
    }
    if (event.type === 'removed') {
      unsubscribe()
      session.dispose()
    }
  })
}
