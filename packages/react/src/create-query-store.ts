import type { Message, MessageStore } from '@chatstream/core'
import type { QueryClient } from '@tanstack/react-query'
import type { ChatQuery } from './chat-query.js'

/** Keeps the settled messages of a session in the data of a query. */
export function createQueryStore(queryClient: QueryClient, query: ChatQuery): MessageStore {
  /** What was sent before the history is there: a cache with these alone would pass for the whole of it. */
  let early: readonly Message[] = []
  const get = (): readonly Message[] => query.state.data ?? early
  return {
    get,
    update(change) {
      const messages = get()
      const changed = change(messages)
      if (query.state.data === undefined) early = changed
      else if (changed !== messages) queryClient.setQueryData(query.queryKey, changed)
    },
  }
}
