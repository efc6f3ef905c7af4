import type { Message } from '@chatstream/core'
import type { PersistedQuery } from '@tanstack/query-persist-client-core'
import { createStore, del, get, update } from 'idb-keyval'
import { isSame, mergeChanges } from './merge-changes.js'

type Messages = readonly Message[]

const database = createStore('chatstream', 'conversations')
const otherTabs = new BroadcastChannel('chatstream.conversations')

/** What this tab has of each entry, as it was when it last read or wrote the disk. */
const agreed = new Map<string, Messages>()

const messagesOf = (stored: PersistedQuery | undefined): Messages =>
  (stored?.state.data as Messages | undefined) ?? []

const read = (key: string): Promise<PersistedQuery | undefined> => get(key, database)

/** The conversations on the disk, one entry each. Writing keeps what another tab has written meanwhile. */
export const storedConversations = {
  async getItem(key: string): Promise<PersistedQuery | undefined> {
    const stored = await read(key)
    agreed.set(key, messagesOf(stored))
    return stored
  },

  async setItem(key: string, query: PersistedQuery): Promise<void> {
    let isNew = false
    const mine = messagesOf(query)
    // One transaction: no other tab writes between the reading and the writing.
    await update<PersistedQuery>(
      key,
      (stored) => {
        const theirs = messagesOf(stored)
        const data = mergeChanges(agreed.get(key) ?? [], mine, theirs)
        // Not `data`: what the other has added is not known here before it is told, below.
        agreed.set(key, mine)
        isNew = !isSame(data, theirs)
        return { ...query, state: { ...query.state, data } }
      },
      database,
    )
    if (isNew) otherTabs.postMessage(key)
  },

  async removeItem(key: string): Promise<void> {
    agreed.delete(key)
    await del(key, database)
    otherTabs.postMessage(key)
  },
}

/**
 * Calls back when another tab has written or removed an entry, with how to bring what this tab has up to date;
 * `undefined` once the conversation is gone.
 */
export function onOtherTab(
  listener: (key: string, merge: (mine: Messages) => Messages | undefined) => void,
): void {
  otherTabs.addEventListener('message', async ({ data: key }: MessageEvent<string>) => {
    const stored = await read(key)
    listener(key, (mine) => {
      if (stored === undefined) return undefined
      const theirs = messagesOf(stored)
      const merged = mergeChanges(agreed.get(key) ?? [], mine, theirs)
      agreed.set(key, theirs)
      return merged
    })
  })
}
