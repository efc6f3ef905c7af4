import {
  accumulateMessage,
  type ChatClient,
  type ChatRequest,
  createPacer,
  type Message,
} from '@chatstream/core'
import type { DataTag, QueryFunctionContext } from '@tanstack/react-query'
import { chatKeys } from './chat-keys.js'

export interface CompletionOptions extends ChatRequest {
  readonly client: ChatClient
}

type CompletionKey = DataTag<readonly ['chatstream', 'completion', unknown], Message, Error>

/** Options for `useQuery`, `fetchQuery` and the like. */
export interface CompletionQueryOptions {
  readonly queryKey: CompletionKey
  readonly queryFn: (context: QueryFunctionContext<CompletionKey>) => Promise<Message>
  readonly staleTime: number
  readonly retry: false
}

/**
 * One answer as a query, which streams into its data. Cancelling the query closes the connection. It is not asked for
 * again by itself, since that costs money: `refetch` does. Errors with a `ChatStreamError`.
 *
 * @example
 * ```tsx
 * import { createChatClient } from '@chatstream/core'
 * import { completionQueryOptions } from '@chatstream/react'
 * import { useQuery } from '@tanstack/react-query'
 *
 * const client = createChatClient({ baseURL: '/api' })
 *
 * export function Summary({ text }: { text: string }) {
 *   const messages = [{ role: 'user', content: `In one sentence: ${text}` }] as const
 *   const { data } = useQuery(completionQueryOptions({ client, model: 'deepseek-chat', messages }))
 *   return <p>{data?.parts.map((part) => part.type === 'text' && part.text)}</p>
 * }
 * ```
 */
export function completionQueryOptions({ client, ...request }: CompletionOptions): CompletionQueryOptions {
  return {
    queryKey: chatKeys.completion(request) as unknown as CompletionKey,
    async queryFn({ client: queryClient, queryKey, signal }) {
      const query = queryClient.getQueryCache().find({ queryKey, exact: true })
      const before = query?.state
      // StrictMode mounts, unmounts and mounts in one go: the first of the two is cancelled by now.
      await undefined
      return new Promise((resolve, reject) => {
        if (signal.aborted) return
        let message: Message
        const pacer = createPacer(() => queryClient.setQueryData(queryKey, message))
        // Half an answer would pass for the whole.
        signal.addEventListener('abort', () => query?.setState({ ...before, fetchStatus: 'idle' }))
        client
          .stream(request as unknown as ChatRequest, { signal })
          .pipe(accumulateMessage())
          .subscribe({
            next(next) {
              message = next
              if (next.state === 'streaming') pacer.push()
            },
            error(error) {
              pacer.end()
              reject(error)
            },
            complete() {
              pacer.end()
              resolve(message)
            },
          })
      })
    },
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  }
}
