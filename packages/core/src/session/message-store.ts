import type { Message } from '../message/message.js'

/**
 * Where the settled messages of a conversation live: in memory by default, in the query cache under TanStack Query.
 * The answer that is still streaming is not in it.
 */
export interface MessageStore {
  /** The same array until something changed. */
  readonly get: () => readonly Message[]
  /** Called with the messages as they are now; what it returns takes their place. */
  readonly update: (change: (messages: readonly Message[]) => readonly Message[]) => void
}

/** Settled messages in memory, gone with the page. */
export function createMemoryStore(initialMessages: readonly Message[] = []): MessageStore {
  let messages = initialMessages
  return {
    get: () => messages,
    update: (change) => {
      messages = change(messages)
    },
  }
}

/** Changes fields of a message, if it is in the store. */
export function changeMessage(store: MessageStore, id: string, fields: Partial<Message>): void {
  if (!store.get().some((message) => message.id === id)) return
  store.update((messages) =>
    messages.map((message) => (message.id === id ? { ...message, ...fields } : message)),
  )
}
