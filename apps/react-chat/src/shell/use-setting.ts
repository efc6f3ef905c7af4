import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

const subscribe = (onChange: () => void): (() => void) => {
  listeners.add(onChange)
  addEventListener('storage', onChange)
  return () => {
    listeners.delete(onChange)
    removeEventListener('storage', onChange)
  }
}

/** A choice of the user that outlives the page. */
export function useSetting(name: string, fallback: string): readonly [string, (value: string) => void] {
  const key = `chatstream.${name}`
  const value = useSyncExternalStore(subscribe, () => localStorage.getItem(key) ?? fallback)
  const set = useCallback(
    (next: string) => {
      localStorage.setItem(key, next)
      for (const listener of listeners) listener()
    },
    [key],
  )
  return [value, set]
}
