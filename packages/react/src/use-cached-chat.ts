import { createChatActions, type Message } from '@chatstream/core'
import {
  type UseQueryResult,
  useIsMutating,
  useIsRestoring,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useId, useMemo } from 'react'
import { chatOptions } from './chat-options.js'
import type { ChatQueryOptions } from './chat-query.js'
import type { CachedChatStream, ChatStreamOptions } from './chat-stream.js'
import { pausedSends } from './send-as-mutation.js'
import { sessionOf } from './session-of.js'
import { useChatCallbacks } from './use-chat-callbacks.js'
import { useRestoring } from './use-restoring.js'
import { useSessionState } from './use-session-state.js'

/** A conversation in the query cache; the two hooks differ in how they wait for its history. */
export function useCachedChat(
  options: ChatStreamOptions,
  useHistory: (query: ChatQueryOptions) => UseQueryResult<readonly Message[]> = useQuery,
): CachedChatStream {
  const queryClient = useQueryClient()
  const ownId = useId()
  const id = options.id ?? ownId
  const query = chatOptions({ ...options, id })
  const history = useHistory(query)
  void history.status // who reads no property renders at every change
  const paused = useIsMutating(pausedSends(id))
  const session = sessionOf(queryClient, query)
  const state = useSessionState(session, (state) => state)
  useRestoring(session, useIsRestoring())
  const latest = useChatCallbacks(session, options)
  const actions = useMemo(() => {
    const latestQuery = (): ChatQueryOptions => chatOptions({ ...latest.current, id })
    const actions = createChatActions(
      // Looked for at each call: the conversation may have been removed since the last render.
      () => sessionOf(queryClient, latestQuery()),
      () => latest.current,
    )
    return {
      ...actions,
      async resume() {
        // What is to be resumed is told by the history. Why that could not be loaded, `history` says.
        await queryClient.ensureQueryData(latestQuery()).catch(() => {})
        return actions.resume()
      },
    }
  }, [queryClient, id, latest])
  return { ...state, ...actions, id, history, isPaused: paused > 0 }
}
