import { dehydrate, hydrate, type QueryClient } from '@tanstack/react-query'

const key = 'chatstream.paused'

/**
 * Keeps the messages that wait for the network over a reload, and sends them when there is one. They are kept for this
 * tab alone: if another one had them too, both would send them.
 */
export function keepPausedSends(queryClient: QueryClient): void {
  hydrate(queryClient, JSON.parse(sessionStorage.getItem(key) ?? '{}'))
  void queryClient.resumePausedMutations()
  queryClient.getMutationCache().subscribe(() => {
    const { mutations } = dehydrate(queryClient, { shouldDehydrateQuery: () => false })
    sessionStorage.setItem(key, JSON.stringify({ mutations }))
  })
}
