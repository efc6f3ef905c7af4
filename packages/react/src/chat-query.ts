import type { Message, PaceOptions } from '@chatstream/core'
import type { Query, QueryFunctionContext } from '@tanstack/react-query'
import type { ChatMessagesKey } from './chat-keys.js'

export type ChatQuery = Query<readonly Message[], Error, readonly Message[], ChatMessagesKey>

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
