import { client, storeConversations } from '@chatstream/chat-kit'
import type { Message } from '@chatstream/core'
import { chatKeys, setSendDefaults } from '@chatstream/react'
import {
  experimental_createQueryPersister,
  PERSISTER_KEY_PREFIX,
  type PersistedQuery,
} from '@tanstack/query-persist-client-core'
import { hashKey, onlineManager, QueryClient } from '@tanstack/react-query'
import { keepPausedSends } from './keep-paused-sends.js'

const messageKeys = [...chatKeys.all, 'messages']

const conversations = storeConversations<PersistedQuery>('chatstream', {
  messagesOf: ({ state }) => state.data as readonly Message[] | undefined,
  withMessages: (query, data) => ({ ...query, state: { ...query.state, data } }),
})

const persister = experimental_createQueryPersister({
  storage: conversations as never, // it is told of strings only
  serialize: (query) => query as unknown,
  deserialize: (stored) => stored as never,
  maxAge: Number.POSITIVE_INFINITY,
  filters: { queryKey: messageKeys },
})

/** The messages of every conversation, kept in IndexedDB; and what waits for the network, over a reload. */
export const queryClient = new QueryClient()
// An answer may go on for as long as it likes while another conversation is read.
queryClient.setQueryDefaults(messageKeys, {
  persister: persister.persisterFn,
  gcTime: Number.POSITIVE_INFINITY,
})

// By itself the persister keeps only what a server has sent; a turn is written into the cache when it settles.
queryClient.getQueryCache().subscribe(({ type, query, ...event }) => {
  if (type !== 'updated' || !('action' in event) || event.action.type !== 'success') return
  if (query.queryKey[1] !== 'messages' || (query.state.data as readonly unknown[]).length === 0) return
  void persister.persistQueryByKey(query.queryKey, queryClient)
})

conversations.onOtherTab((key, merge) => {
  const query = queryClient.getQueryCache().get(key.slice(PERSISTER_KEY_PREFIX.length + 1))
  if (query?.state.data === undefined) return // it is read when it is looked at
  const messages = merge(query.state.data as never)
  if (messages === undefined) queryClient.removeQueries({ queryKey: query.queryKey, exact: true })
  else if (messages !== query.state.data) queryClient.setQueryData(query.queryKey, messages)
})

// It would believe in a network until it hears of its loss.
onlineManager.setOnline(navigator.onLine)
setSendDefaults(queryClient, { client })
keepPausedSends(queryClient)

/** Removes a conversation from the page and from the disk; an answer that streams into it is stopped. */
export function forgetMessages(id: string): void {
  const queryKey = chatKeys.messages(id)
  queryClient.removeQueries({ queryKey, exact: true })
  void conversations.removeItem(`${PERSISTER_KEY_PREFIX}-${hashKey(queryKey)}`)
}
