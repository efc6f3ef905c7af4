import type { Message } from '../message/message.js'

/**
 * Where the settled messages of a conversation live: in memory by default, in the query cache under TanStack Query.
 * The answer that is still streaming is not in it.
 */
export interface MessageStore {
  /** The same array until something changed. */
  readonly get: () => readonly Message[]
  /** Called with the messages as they are now; what it returns takes their place. The same list: nothing is to be written. */
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

/** The messages, with these fields of one changed; the same list if it is not among them, or has them. */
export function withFields(
  messages: readonly Message[],
  id: string,
  fields: Partial<Message>,
): readonly Message[] {
  const isToChange = (message: Message): boolean => message.id === id && differs(fields, message)
  return messages.some(isToChange)
    ? messages.map((message) => (isToChange(message) ? { ...message, ...fields } : message))
    : messages
}

/** Is one of these fields another in this object? */
export const differs = <T extends object>(fields: Partial<T>, object: T): boolean =>
  (Object.keys(fields) as (keyof T)[]).some((name) => fields[name] !== object[name])
