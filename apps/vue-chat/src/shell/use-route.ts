import { type Route, readRoute } from '@chatstream/chat-kit'
import { type ComputedRef, computed } from 'vue'
import { useStored } from './use-stored.js'

const subscribe = (onChange: () => void): (() => void) => {
  addEventListener('hashchange', onChange)
  return () => removeEventListener('hashchange', onChange)
}

/** Where in the app the address points; nothing if it names no conversation. */
export function useRoute(): ComputedRef<Route | undefined> {
  const hash = useStored(subscribe, () => location.hash)
  return computed(() => readRoute(hash.value))
}
