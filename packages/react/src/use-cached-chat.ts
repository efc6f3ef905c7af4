import { type ChatSession, createChatActions, type Message } from '@chatstream/core'
import { type UseQueryResult, useIsMutating, useIsRestoring, useQueryClient } from '@tanstack/react-query'
import { useId, useMemo } from 'react'
import { chatOptions } from './chat-options.js'
import type { ChatQueryOptions } from './chat-query.js'
import type { CachedChatStream, ChatStreamOptions } from './chat-stream.js'
import { pausedSends } from './send-as-mutation.js'
import { sessionOf } from './session-of.js'
import { useChatCallbacks } from './use-chat-callbacks.js'
import { useLatest } from './use-latest.js'
import { useRestoring } from './use-restoring.js'
import { useSessionState } from './use-session-state.js'

/** A conversation in the query cache; the two hooks differ in how they wait for its history. */
export function useCachedChat(
  options: ChatStreamOptions,
  useHistory: (query: ChatQueryOptions) => UseQueryResult<readonly Message[]>,
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
  useChatCallbacks(session, options)
  const latest = useLatest(options)
  const actions = useMemo(() => {
    // Looked for at each call: the conversation may have been removed since the last render.
    const current = (): ChatSession => sessionOf(queryClient, chatOptions({ ...latest.current, id }))
    const actions = createChatActions(current, () => latest.current)
    return {
      ...actions,
      async resume() {
        // What is to be resumed is told by the history. Why that could not be loaded, `history` says.
        await queryClient.ensureQueryData(chatOptions({ ...latest.current, id })).catch(() => {})
        return actions.resume()
      },
    }
  }, [queryClient, id, latest])
  return { ...state, ...actions, id, history, isPaused: paused > 0 }
}
