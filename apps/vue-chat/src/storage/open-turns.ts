import { tellBusy } from '@chatstream/chat-kit'
import type { Message } from '@chatstream/core'
import { shallowReactive } from 'vue'

/** A question whose answer has not settled. */
export interface OpenTurn {
  /** Of the conversation. */
  readonly id: string
  /** All of it: the page may be left before the disk has it. */
  readonly question: Message | undefined
  readonly model: string
}

const turns = shallowReactive(new Map<string, readonly OpenTurn[]>())
const locks = new Map<string, () => void>()
const waiting = shallowReactive(new Set<string>())

/** Is an answer of this conversation on its way, shown or not? */
export const isBusy = (id: string): boolean => turns.has(id)

/** Does it wait for the network, and those behind it? */
export const isWaiting = (id: string): boolean => waiting.has(id)

/** Counts an answer until it has settled; the other tabs know of it that long. */
export async function trackTurn<T>(turn: OpenTurn, answer: Promise<T>): Promise<T> {
  const { id } = turn
  const others = (): readonly OpenTurn[] => (turns.get(id) ?? []).filter((other) => other !== turn)
  turns.set(id, [...others(), turn])
  if (!locks.has(id)) locks.set(id, tellBusy(id))
  keepWaiting()
  try {
    return await answer
  } finally {
    const left = others()
    if (left.length > 0) turns.set(id, left)
    else {
      turns.delete(id)
      locks.get(id)?.()
      locks.delete(id)
    }
    keepWaiting()
  }
}

/** Says that this conversation waits for the network, until what it returns is called. */
export function tellWaiting(id: string): () => void {
  waiting.add(id)
  keepWaiting()
  return () => {
    waiting.delete(id)
    keepWaiting()
  }
}

// What waits outlives a reload. It is kept for this tab alone: if another one had it too, both would send it.
const key = 'chatstream.waiting'

/** What waited when the page was left. */
export const readWaiting = (): readonly OpenTurn[] => JSON.parse(sessionStorage.getItem(key) ?? '[]')

function keepWaiting(): void {
  const kept = [...waiting].flatMap((id) => turns.get(id) ?? [])
  sessionStorage.setItem(key, JSON.stringify(kept))
}
