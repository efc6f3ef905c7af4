import { mergeMessages } from '@chatstream/core'
import { messagesKey } from './chat-keys.js'
import type { ChatHistoryOptions, ChatQueryOptions } from './chat-query.js'
import { sessionOf } from './session-of.js'

/**
 * The query that holds the settled messages of a conversation: to prefetch it on a server, to read it, to fill it.
 *
 * @example
 * ```ts
 * import { chatOptions } from '@chatstream/react'
 * import { QueryClient } from '@tanstack/react-query'
 *
 * const load = async () => (await fetch('/api/chats/1')).json()
 * await new QueryClient().prefetchQuery(chatOptions({ id: '1', load }))
 * ```
 */
export function chatOptions(options: ChatHistoryOptions & { readonly id: string }): ChatQueryOptions {
  const { id, load, initialMessages, whenUnused, pace, gcTime, staleTime } = options
  const query: ChatQueryOptions = {
    // Without a server there is nothing to fetch again, and no network to wait for.
    ...(load === undefined && { staleTime: Infinity, networkMode: 'always' }),
    ...(gcTime !== undefined && { gcTime }),
    ...(staleTime !== undefined && { staleTime }),
    // Older than anything that was persisted.
    ...(initialMessages && { initialData: initialMessages, initialDataUpdatedAt: 0 }),
    queryKey: messagesKey(id),
    meta: { whenUnused, pace },
    async queryFn(context) {
      const { client, queryKey } = context
      const session = sessionOf(client, query)
      const before = (client.getQueryData(queryKey) ?? []).filter((message) => !session.isOpen(message))
      const loaded = load ? await load(context) : await []
      const added = session.getState().messages.filter(
        (message) =>
          message.state !== 'streaming' &&
          // A turn that settled while the server was answering is not in its answer yet.
          (load === undefined || !before.includes(message)),
      )
      return mergeMessages(loaded, added)
    },
  }
  return query
}
