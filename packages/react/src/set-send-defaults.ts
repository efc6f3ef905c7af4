import type { ChatClient, ChatSession, SendOptions } from '@chatstream/core'
import { type Mutation, type MutationCache, matchMutation, type QueryClient } from '@tanstack/react-query'
import { chatOptions } from './chat-options.js'
import type { ChatHistoryOptions, ChatQueryOptions } from './chat-query.js'
import { findSession } from './chat-sessions.js'
import { type ChatSend, deliver } from './send-as-mutation.js'
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
  const mutationKey = ['chatstream', 'send']
  const chatOf = (id: string): ChatQueryOptions => chatOptions({ ...chat?.(id), id })

  queryClient.setMutationDefaults<void, Error, ChatSend>(mutationKey, {
    retry: false,
    mutationFn: (send) => {
      const { id, question, model, request } = send
      const options = chatOf(id)
      const session = sessionOf(queryClient, options)
      const query = queryClient.getQueryCache().find({ queryKey: options.queryKey, exact: true })
      // Unless it knows of the message, which may be stopped by now.
      if (accepted.get(send) !== session) void session.accept(question)
      return deliver(queryClient, query as never, session, question, { ...defaults, model, request })
    },
  })

  const mutations = queryClient.getMutationCache()
  stopWatching.get(mutations)?.()
  const unsubscribe = mutations.subscribe(({ type, mutation }) => {
    if (type === 'added' && mutation?.state.isPaused && matchMutation({ mutationKey }, mutation))
      void accept(mutation)
  })
  stopWatching.set(mutations, unsubscribe)

  /** Shows a message that was brought back, as one that waits, until it is resumed or stopped. */
  const accept = async (send: Mutation<unknown, Error, ChatSend>): Promise<void> => {
    // Not at once: its conversation comes after it, and what is written before would pass for a newer one.
    await undefined
    const { isPaused, variables } = send.state
    if (!isPaused || variables === undefined) return
    const { id, question } = variables
    const options = chatOf(id)
    const session = sessionOf(queryClient, options)
    accepted.set(variables, session)
    await session.accept(question)
    // A conversation that is not in the cache any more, as nobody looked at it, has not taken its message back.
    if (send.state.isPaused && findSession(queryClient, options.queryKey) === session) mutations.remove(send)
  }
}

/** Who was told of a message that was brought back. */
const accepted = new WeakMap<ChatSend, ChatSession>()
const stopWatching = new WeakMap<MutationCache, () => void>()
