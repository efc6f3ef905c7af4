import { type ChatCallbacks, type ChatSession, tellCallbacks } from '@chatstream/core'
import { useEffect } from 'react'
import { useLatest } from './use-latest.js'

/** Told once for each component; the newest functions are called. */
export function useChatCallbacks(session: ChatSession, callbacks: ChatCallbacks): void {
  const latest = useLatest(callbacks)
  useEffect(() => {
    const subscription = session.events$.subscribe((event) => tellCallbacks(event, latest.current))
    return () => subscription.unsubscribe()
  }, [session, latest])
}
