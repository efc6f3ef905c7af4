import type { Message } from '../message/message.js'

/**
 * `messages`, with each of `more` put in unless its id is there: after the one before it in `more`, else at the end. So an
 * answer comes after its question, whatever was added meanwhile. The same array comes back if nothing is missing.
 */
export function mergeMessages(messages: readonly Message[], more: readonly Message[]): readonly Message[] {
  return more.reduce((merged, message, position) => {
    if (merged.some(({ id }) => id === message.id)) return merged
    const before = upTo(merged, more[position - 1]?.id)
    return [...before, message, ...merged.slice(before.length)]
  }, messages)
}

/** The messages up to and with this one. All of them, if it is not there. */
export function upTo(messages: readonly Message[], id: string | undefined): readonly Message[] {
  const at = messages.findIndex((message) => message.id === id)
  return at === -1 ? messages : messages.slice(0, at + 1)
}
