import { type ChatCallbacks, type ChatSession, tellCallbacks } from '@chatstream/core'
import { type RefObject, useEffect, useInsertionEffect, useRef } from 'react'

/** Told once for each component; the newest functions are called. What comes back has the options of the last render. */
export function useChatCallbacks<T extends ChatCallbacks>(session: ChatSession, options: T): RefObject<T> {
  const latest = useRef(options)
  // Before all other effects, and silent on a server.
  useInsertionEffect(() => {
    latest.current = options
  })
  useEffect(() => {
    const subscription = session.events$.subscribe((event) => tellCallbacks(event, latest.current))
    return () => subscription.unsubscribe()
  }, [session])
  return latest
}
