import { type Message, mergeMessages } from '@chatstream/core'

type Messages = readonly Message[]

/**
 * What this tab and another one have made of the same messages, put together: what either has added, changed or removed
 * since they last agreed. Where both changed a message, it is as in this tab. Gives `mine` if that is all of it.
 */
export function mergeChanges(before: Messages, mine: Messages, theirs: Messages): Messages {
  const [known, here, there] = [byId(before), byId(mine), byId(theirs)]
  const kept = mine
    .filter(({ id }) => there.has(id) || !known.has(id))
    .map((message) => {
      const isUntouched = isSame(message, known.get(message.id))
      return (isUntouched && there.get(message.id)) || message
    })
  const merged = mergeMessages(
    kept,
    theirs.filter(({ id }) => here.has(id) || !known.has(id)),
  )
  return isSame(merged, mine) ? mine : merged
}

/** Messages are JSON: what was stored and read again is another object. */
export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const byId = (messages: Messages): ReadonlyMap<string, Message> =>
  new Map(messages.map((message) => [message.id, message]))
