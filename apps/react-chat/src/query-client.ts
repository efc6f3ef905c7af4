import { chatKeys } from '@chatstream/react'
import { experimental_createQueryPersister, PERSISTER_KEY_PREFIX } from '@tanstack/query-persist-client-core'
import { hashKey, QueryClient } from '@tanstack/react-query'
import { createStore, del, get, set } from 'idb-keyval'

const messageKeys = [...chatKeys.all, 'messages']
const database = createStore('chatstream', 'conversations')

// Each conversation is an entry of its own: two tabs in two conversations do not overwrite each other.
const persister = experimental_createQueryPersister({
  storage: {
    getItem: (key: string) => get(key, database),
    setItem: (key: string, value: unknown) => set(key, value, database),
    removeItem: (key: string) => del(key, database),
  },
  serialize: (query) => query as unknown,
  deserialize: (stored) => stored as never,
  maxAge: Number.POSITIVE_INFINITY,
  filters: { queryKey: messageKeys },
})

/** The messages of every conversation, kept in IndexedDB. */
export const queryClient = new QueryClient()
queryClient.setQueryDefaults(messageKeys, { persister: persister.persisterFn })

// By itself the persister keeps only what a server has sent; a turn is written into the cache when it settles.
queryClient.getQueryCache().subscribe(({ type, query, ...event }) => {
  if (type !== 'updated' || !('action' in event) || event.action.type !== 'success') return
  if (query.queryKey[1] !== 'messages' || (query.state.data as readonly unknown[]).length === 0) return
  void persister.persistQueryByKey(query.queryKey, queryClient)
})

/** Removes a conversation from the page and from the disk; an answer that streams into it is stopped. */
export function forgetMessages(id: string): void {
  const queryKey = chatKeys.messages(id)
  queryClient.removeQueries({ queryKey, exact: true })
  void del(`${PERSISTER_KEY_PREFIX}-${hashKey(queryKey)}`, database)
}
