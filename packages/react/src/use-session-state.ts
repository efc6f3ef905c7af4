import type { ChatSession, ChatSessionState } from '@chatstream/core'
import { useCallback, useReducer, useSyncExternalStore } from 'react'

/** What a component takes from the state of a session; it renders when that is another object. */
export function useSessionState<T>(session: ChatSession, select: (state: ChatSessionState) => T): T {
  // A session that has ended belongs to a conversation that was removed: there is another one to be found.
  const [, renderAgain] = useReducer((count: number) => count + 1, 0)
  const subscribe = useCallback(
    (onChange: () => void) => {
      const subscription = session.state$.subscribe({ next: onChange, complete: renderAgain })
      return () => subscription.unsubscribe()
    },
    [session],
  )
  // A browser hydrates what the server saw; a server has seen no more than what it renders now.
  const getServerState = typeof document === 'undefined' ? session.getState : session.getServerState
  return useSyncExternalStore(
    subscribe,
    () => select(session.getState()),
    () => select(getServerState()),
  )
}
