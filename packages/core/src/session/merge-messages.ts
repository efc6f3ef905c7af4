import type { Message } from '../message/message.js'

/**
 * `messages`, with each of `more` put in unless its id is there: after the one before it in `more`, else at the end. So an
 * answer comes after its question, whatever was added meanwhile. The same array comes back if nothing is missing.
 */
export function mergeMessages(messages: readonly Message[], more: readonly Message[]): readonly Message[] {
  let merged: Message[] | undefined
  more.forEach((message, position) => {
    const list = merged ?? messages
    if (list.some(({ id }) => id === message.id)) return
    merged ??= [...messages]
    const at = merged.findIndex(({ id }) => id === more[position - 1]?.id)
    merged.splice(at === -1 ? merged.length : at + 1, 0, message)
  })
  return merged ?? messages
}

/** The messages up to and with this one. All of them, if it is not there. */
export function upTo(messages: readonly Message[], id: string): readonly Message[] {
  const at = messages.findIndex((message) => message.id === id)
  return at === -1 ? messages : messages.slice(0, at + 1)
}
