import { type ChatSession, ChatStreamError, type Message, type SendOptions } from '@chatstream/core'
import type { Mutation, MutationState, QueryClient } from '@tanstack/react-query'
import { chatKeys } from './chat-keys.js'
import type { ChatQuery } from './chat-sessions.js'
import { restored } from './use-restoring.js'

/** What a send needs to be taken up again after a reload: plain data. */
export interface ChatSend {
  readonly id: string
  readonly question: Message
  readonly model: string | undefined
  readonly request: Readonly<Record<string, unknown>> | undefined
}

/** A send is asked for once: what may be tried again, the client has tried. */
export const sendDefaults: { readonly retry: false } = { retry: false }

/** Sends a question that the session has accepted: at once, or when there is a network, a history, and its turn. */
export function sendAsMutation(
  queryClient: QueryClient,
  query: ChatQuery,
  session: ChatSession,
  question: Message,
  options: SendOptions,
  whenSettled: Promise<unknown>,
): void {
  const { id } = session
  const mutations = queryClient.getMutationCache()
  for (const send of pausedSends(queryClient, id)) {
    if (send.state.variables?.question.id === question.id) mutations.remove(send) // this one takes its place
  }
  const mutation = mutations.build<void, Error, ChatSend, unknown>(queryClient, {
    ...sendDefaults,
    mutationKey: chatKeys.send(id),
    mutationFn: () => deliver(queryClient, query, session, question, options),
  })
  void whenSettled.then(() => {
    if (mutation.state.isPaused) mutations.remove(mutation) // stopped before it was sent
  })
  const { model, request } = options
  // What goes wrong is in the state of the session, and in the mutation's.
  mutation.execute({ id, question, model, request }).catch(() => {})
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
  const mustBeCached = (): void => {
    // A conversation that was removed has another query under its key, or none.
    if (queryClient.getQueryCache().get(query.queryHash) !== (query as unknown))
      throw new ChatStreamError('unsupported', 'The chat was removed before this message was sent.')
  }
  mustBeCached()
  if (!session.isOpen(question)) return // stopped meanwhile
  // Nothing, if it begins.
  const answer = await new Promise<Message | undefined>((resolve, reject) => {
    session.answer(question, options, () => resolve(undefined)).then(resolve, reject)
  })
  mustBeCached()
  if (answer?.error === undefined) return
  const { kind, message, ...details } = answer.error
  throw new ChatStreamError(kind, message, details)
}

type SendMutation = Mutation<void, Error, ChatSend, unknown>

export const isPaused = ({ state }: { readonly state: Pick<MutationState, 'isPaused'> }): boolean =>
  state.isPaused

/** The sends of a conversation that wait for a network. */
export function pausedSends(queryClient: QueryClient, id: string): readonly SendMutation[] {
  const sends = queryClient
    .getMutationCache()
    .findAll({ mutationKey: chatKeys.send(id), predicate: isPaused })
  return sends as unknown as readonly SendMutation[]
}

/** Stops a session, those sends included that a reload has brought back, of which it does not know. */
export function stopSending(queryClient: QueryClient, session: ChatSession): void {
  for (const send of pausedSends(queryClient, session.id)) {
    if (send.state.variables) session.accept(send.state.variables.question)
    queryClient.getMutationCache().remove(send)
  }
  session.stop()
}
