import { type Route, readRoute } from '@chatstream/chat-kit'
import { useMemo, useSyncExternalStore } from 'react'

const subscribe = (onChange: () => void): (() => void) => {
  addEventListener('hashchange', onChange)
  return () => removeEventListener('hashchange', onChange)
}

/** Where in the app the address points; nothing if it names no conversation. */
export function useRoute(): Route | undefined {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => readRoute(hash), [hash])
}
