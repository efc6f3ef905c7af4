import type { Message } from '@chatstream/core'

// What has come of an answer when the page is left in the middle of it. That is the one moment in which IndexedDB is too
// slow: nothing waits for it. The settled messages are stored elsewhere. What a server keeps is resumed, and not stored.

const keyOf = (id: string): string => `chatstream.partial.${id}`

/** To be called when the page is left. */
export function storePartial(id: string, messages: readonly Message[]): void {
  const open = messages.findLast(({ state }) => state === 'streaming')
  const isKept = messages.some(({ streamId }) => streamId !== undefined)
  if (open !== undefined && !isKept)
    localStorage.setItem(keyOf(id), JSON.stringify({ ...open, state: 'aborted' }))
}

/** The messages, with what was stored at their end, if they wait for it. It is there once. */
export function takePartial(id: string, settled: readonly Message[]): readonly Message[] {
  const stored = localStorage.getItem(keyOf(id))
  if (stored === null) return settled
  localStorage.removeItem(keyOf(id))
  return settled.at(-1)?.role === 'user' ? [...settled, JSON.parse(stored) as Message] : settled
}
