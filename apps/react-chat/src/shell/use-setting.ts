import { getSetting, setSetting, subscribeSettings } from '@chatstream/chat-kit'
import { useCallback, useSyncExternalStore } from 'react'

/** A choice of the user that outlives the page. */
export function useSetting(name: string, fallback: string): readonly [string, (value: string) => void] {
  const value = useSyncExternalStore(subscribeSettings, () => getSetting(name, fallback))
  const set = useCallback((next: string) => setSetting(name, next), [name])
  return [value, set]
}
