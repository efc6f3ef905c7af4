/** An entry of the sidebar. The messages are kept elsewhere, by id. */
export interface Conversation {
  readonly id: string
  readonly title: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

const storageKey = 'chatstream.conversations'
const listeners = new Set<() => void>()
let seen: { readonly stored: string | null; readonly list: readonly Conversation[] } | undefined

/** Newest first. The same array until something changed, in this tab or in another. */
export function getConversations(): readonly Conversation[] {
  const stored = localStorage.getItem(storageKey)
  if (seen?.stored !== stored || seen === undefined) seen = { stored, list: readList(stored) }
  return seen.list
}

/** Adds a conversation, unless there is one with this id. */
export const addConversation = (conversation: Conversation): void =>
  update((list) => (list.some(({ id }) => id === conversation.id) ? list : [conversation, ...list]))

export const renameConversation = (id: string, title: string): void =>
  update((list) => list.map((item) => (item.id === id ? { ...item, title } : item)))

export const removeConversation = (id: string): void =>
  update((list) => list.filter((item) => item.id !== id))

/** Reads and writes in one go, so that two tabs do not take each other's conversations away. */
function update(change: (list: readonly Conversation[]) => readonly Conversation[]): void {
  localStorage.setItem(storageKey, JSON.stringify(change(getConversations())))
  for (const listener of listeners) listener()
}

export function subscribeConversations(onChange: () => void): () => void {
  listeners.add(onChange)
  addEventListener('storage', onChange) // another tab
  return () => {
    listeners.delete(onChange)
    removeEventListener('storage', onChange)
  }
}

function readList(stored: string | null): readonly Conversation[] {
  try {
    const list: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(list) ? list.filter(isConversation) : []
  } catch {
    return [] // what cannot be read is no list: the next change writes a new one
  }
}

const isConversation = (item: unknown): item is Conversation =>
  typeof item === 'object' &&
  item !== null &&
  typeof (item as Conversation).id === 'string' &&
  typeof (item as Conversation).title === 'string'
