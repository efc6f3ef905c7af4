import type { Message, MessageStore } from '@chatstream/core'
import type { QueryClient } from '@tanstack/react-query'
import type { ChatQuery } from './chat-sessions.js'

const none: readonly Message[] = []

/** A conversation that was removed has another query under its key, or none. */
export const isCached = (queryClient: QueryClient, query: ChatQuery): boolean =>
  queryClient.getQueryCache().get(query.queryHash) === (query as unknown)

/** Keeps the settled messages of a session in the data of a query. */
export function createQueryStore(queryClient: QueryClient, query: ChatQuery): MessageStore {
  /** What was sent before the history is there: a cache with these alone would pass for the whole of it. */
  let early = none
  const get = (): readonly Message[] => {
    if (!isCached(queryClient, query)) return none
    return query.state.data ?? early
  }
  return {
    get,
    update(change) {
      const messages = get()
      const changed = change(messages)
      // A late write would bring a removed conversation back.
      if (changed === messages || !isCached(queryClient, query)) return
      if (query.state.data === undefined) early = changed
      else queryClient.setQueryData(query.queryKey, changed)
    },
  }
}
