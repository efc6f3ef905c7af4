import { type Message, mergeMessages, type PaceOptions } from '@chatstream/core'
import type { QueryFunctionContext } from '@tanstack/react-query'
import { type ChatMessagesKey, chatKeys } from './chat-keys.js'
import { findSession } from './chat-sessions.js'

/** Where the messages of a conversation come from, and how long they stay. */
export interface ChatHistoryOptions {
  /** Asks a server for the messages. Without it they live in the query cache alone. */
  readonly load?:
    | ((context: QueryFunctionContext<ChatMessagesKey>) => readonly Message[] | Promise<readonly Message[]>)
    | undefined
  /** Shown until there is anything else: what was persisted or prefetched is newer. */
  readonly initialMessages?: readonly Message[] | undefined
  /** What becomes of an answer that streams when the last component has gone. Default: `stop`. */
  readonly whenUnused?: 'stop' | 'continue' | undefined
  /** How often an answer is rendered while it streams; of the component that was first. */
  readonly pace?: PaceOptions | false | undefined
  /** How long an unused conversation stays in the cache, in milliseconds, as in TanStack Query. */
  readonly gcTime?: number | undefined
  /** How long what was loaded is fresh, in milliseconds, as in TanStack Query. */
  readonly staleTime?: number | undefined
}

/** Options for `useQuery`, `prefetchQuery` and the like. */
export interface ChatQueryOptions {
  readonly queryKey: ChatMessagesKey
  readonly queryFn: (context: QueryFunctionContext<ChatMessagesKey>) => Promise<readonly Message[]>
  readonly meta: Record<string, unknown> & Pick<ChatHistoryOptions, 'whenUnused' | 'pace'>
  readonly networkMode?: 'always'
  readonly gcTime?: number
  readonly staleTime?: number
  readonly initialData?: readonly Message[]
  readonly initialDataUpdatedAt?: number
}

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
  const { id, load, initialMessages, whenUnused = 'stop', pace, gcTime, staleTime } = options
  return {
    // Without a server there is nothing to fetch again, and no network to wait for.
    ...(load === undefined && { staleTime: Number.POSITIVE_INFINITY, networkMode: 'always' }),
    ...(gcTime !== undefined && { gcTime }),
    ...(staleTime !== undefined && { staleTime }),
    // Older than anything that was persisted.
    ...(initialMessages && { initialData: initialMessages, initialDataUpdatedAt: 0 }),
    queryKey: chatKeys.messages(id),
    meta: { whenUnused, pace },
    async queryFn(context) {
      const { client, queryKey } = context
      const isOpen = (message: Message): boolean => findSession(client, queryKey)?.isOpen(message) ?? false
      const before = (client.getQueryData(queryKey) ?? []).filter((message) => !isOpen(message))
      const loaded = load ? await load(context) : await []
      // As long as there is no history, the session alone has what was sent.
      const now = client.getQueryData(queryKey) ?? findSession(client, queryKey)?.getState().messages ?? []
      const added = now.filter(
        (message) =>
          message.state !== 'streaming' &&
          // A turn that settled while the server was answering is not in its answer yet.
          (load === undefined || !before.includes(message)),
      )
      return mergeMessages(loaded, added)
    },
  }
}
