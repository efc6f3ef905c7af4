export type Route = { readonly page: 'chat'; readonly id: string } | { readonly page: 'compare' }

export const chatAddress = (id: string): string => `#/chat/${id}`

/** Where in the app the address points; nothing if it names no conversation. */
export function readRoute(hash: string): Route | undefined {
  if (hash === '#/compare') return { page: 'compare' }
  const id = /^#\/chat\/([\w-]+)$/.exec(hash)?.[1]
  return id === undefined ? undefined : { page: 'chat', id }
}
