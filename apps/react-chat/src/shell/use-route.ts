import { useMemo, useSyncExternalStore } from 'react'

export type Route = { readonly page: 'chat'; readonly id: string } | { readonly page: 'compare' }

const subscribe = (onChange: () => void): (() => void) => {
  addEventListener('hashchange', onChange)
  return () => removeEventListener('hashchange', onChange)
}

/** Where in the app the address points; nothing if it names no conversation. */
export function useRoute(): Route | undefined {
  const hash = useSyncExternalStore(subscribe, () => location.hash)
  return useMemo(() => readRoute(hash), [hash])
}

export const chatAddress = (id: string): string => `#/chat/${id}`

function readRoute(hash: string): Route | undefined {
  if (hash === '#/compare') return { page: 'compare' }
  const id = /^#\/chat\/([\w-]+)$/.exec(hash)?.[1]
  return id === undefined ? undefined : { page: 'chat', id }
}
