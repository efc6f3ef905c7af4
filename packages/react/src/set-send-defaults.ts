import type { ChatClient, SendOptions } from '@chatstream/core'
import type { QueryClient } from '@tanstack/react-query'
import { type ChatHistoryOptions, chatOptions } from './chat-options.js'
import { type ChatSend, deliver, sendDefaults } from './send-as-mutation.js'
import { sessionOf } from './session-of.js'

export interface SendDefaults extends Pick<SendOptions, 'tools'> {
  readonly client: ChatClient
  /** How the conversation with this id is loaded, as in the options of the hook. */
  readonly chat?: (id: string) => ChatHistoryOptions
}

/**
 * Says how to send what a reload has brought back: messages that waited for the network, and were persisted. To be called
 * before the cache is restored; after that, `queryClient.resumePausedMutations()` sends them.
 *
 * @example
 * ```ts
 * import { createChatClient } from '@chatstream/core'
 * import { setSendDefaults } from '@chatstream/react'
 * import { QueryClient } from '@tanstack/react-query'
 *
 * setSendDefaults(new QueryClient(), { client: createChatClient({ baseURL: '/api' }) })
 * ```
 */
export function setSendDefaults(queryClient: QueryClient, { chat, ...defaults }: SendDefaults): void {
  queryClient.setMutationDefaults<void, Error, ChatSend>(['chatstream', 'send'], {
    ...sendDefaults,
    mutationFn: ({ id, question, model, request }) => {
      const options = chatOptions({ ...chat?.(id), id })
      const session = sessionOf(queryClient, options)
      const query = queryClient.getQueryCache().find({ queryKey: options.queryKey, exact: true })
      session.accept(question)
      return deliver(queryClient, query as never, session, question, { ...defaults, model, request })
    },
  })
}
