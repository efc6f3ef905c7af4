import { type ChatSession, ChatStreamError, type Message, type SendOptions } from '@chatstream/core'
import type { MutationFilters, MutationState, QueryClient } from '@tanstack/react-query'
import { sendKey } from './chat-keys.js'
import type { ChatQuery } from './chat-query.js'
import { restored } from './use-restoring.js'

/** What a send needs to be taken up again after a reload: plain data. */
export interface ChatSend {
  readonly id: string
  readonly question: Message
  readonly model: string | undefined
  readonly request: Readonly<Record<string, unknown>> | undefined
}

/** Sends a question that the session has accepted: at once, or when there is a network, a history, and its turn. */
export function sendAsMutation(
  queryClient: QueryClient,
  query: ChatQuery,
  session: ChatSession,
  question: Message,
  options: SendOptions,
): void {
  const mutations = queryClient.getMutationCache()
  const mutation = mutations.build<void, Error, ChatSend, unknown>(queryClient, {
    retry: false, // what may be tried again, the client has tried
    mutationKey: sendKey(session.id),
    mutationFn: () => deliver(queryClient, query, session, question, options),
  })
  void session.accept(question).then(() => {
    if (isPaused(mutation)) mutations.remove(mutation) // stopped before it was sent
  })
  mutation
    .execute({ id: session.id, question, model: options.model, request: options.request })
    .catch(() => {}) // what goes wrong is in the state of the session, and in the mutation's
}

/**
 * Asks for the answer when the history is there. Done when the answer begins: as long as a mutation goes on that was
 * paused, TanStack Query holds back every other query's refetch.
 */
export async function deliver(
  queryClient: QueryClient,
  query: ChatQuery,
  session: ChatSession,
  question: Message,
  options: SendOptions,
): Promise<void> {
  await restored(session)
  try {
    if (query.state.data === undefined) await query.fetch()
  } catch (error) {
    session.reject(question, error)
    throw error
  }
  // Nothing, if it begins, or was stopped meanwhile.
  let answer: Message | undefined
  if (session.isOpen(question)) {
    answer = await new Promise((resolve) => {
      void session.answer(question, options, () => resolve(undefined)).then(resolve)
    })
  }
  // A conversation that was removed has another query under its key, or none.
  if (queryClient.getQueryCache().get(query.queryHash) !== (query as unknown))
    throw new ChatStreamError('unsupported', 'The chat was removed before this message was sent.')
  const error = answer?.error
  if (error) throw new ChatStreamError(error.kind, error.message, error)
}

const isPaused = ({ state }: { readonly state: Pick<MutationState, 'isPaused'> }): boolean => state.isPaused

/** The sends of a conversation that wait for a network, for filters. */
export const pausedSends = (id: string): MutationFilters => ({
  mutationKey: sendKey(id),
  predicate: isPaused,
})
