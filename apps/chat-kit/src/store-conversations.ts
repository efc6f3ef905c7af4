import type { Message } from '@chatstream/core'
import { createStore, del, get, update } from 'idb-keyval'
import { isSame, mergeChanges } from './merge-changes.js'

type Messages = readonly Message[]

/** The conversations on the disk, one entry each, as several tabs read and write them. */
export interface StoredConversations<Entry> {
  readonly getItem: (key: string) => Promise<Entry | undefined>
  /** Keeps what another tab has written meanwhile. */
  readonly setItem: (key: string, entry: Entry) => Promise<void>
  readonly removeItem: (key: string) => Promise<void>
  /**
   * Calls back when another tab has written or removed an entry, with how to bring what this tab has up to date;
   * `undefined` once the conversation is gone.
   */
  readonly onOtherTab: (
    listener: (key: string, merge: (mine: Messages) => Messages | undefined) => void,
  ) => void
}

/** How an entry holds its messages. */
export interface EntryShape<Entry> {
  /** None, if they cannot be read. */
  readonly messagesOf: (entry: Entry) => Messages | undefined
  readonly withMessages: (entry: Entry, messages: Messages) => Entry
}

/** Opens the conversations that are kept under this name in IndexedDB. */
export function storeConversations<Entry>(
  name: string,
  { messagesOf, withMessages }: EntryShape<Entry>,
): StoredConversations<Entry> {
  const database = createStore(name, 'conversations')
  const otherTabs = new BroadcastChannel(`${name}.conversations`)
  /** What this tab has of each entry, as it was when it last read or wrote the disk. */
  const agreed = new Map<string, Messages>()

  const read = (key: string): Promise<Entry | undefined> => get(key, database)
  const listOf = (entry: Entry | undefined): Messages =>
    (entry === undefined ? undefined : messagesOf(entry)) ?? []

  return {
    async getItem(key) {
      const stored = await read(key)
      agreed.set(key, listOf(stored))
      return stored
    },

    async setItem(key, entry) {
      let isNew = false
      const mine = listOf(entry)
      // One transaction: no other tab writes between the reading and the writing.
      await update<Entry>(
        key,
        (stored) => {
          const theirs = listOf(stored)
          const merged = mergeChanges(agreed.get(key) ?? [], mine, theirs)
          // Not `merged`: what the other has added is not known here before it is told, below.
          agreed.set(key, mine)
          isNew = !isSame(merged, theirs)
          return withMessages(entry, merged)
        },
        database,
      )
      if (isNew) otherTabs.postMessage(key)
    },

    async removeItem(key) {
      agreed.delete(key)
      await del(key, database)
      otherTabs.postMessage(key)
    },

    onOtherTab(listener) {
      otherTabs.addEventListener('message', async ({ data: key }: MessageEvent<string>) => {
        const stored = await read(key)
        listener(key, (mine) => {
          if (stored === undefined) return undefined
          const theirs = listOf(stored)
          const merged = mergeChanges(agreed.get(key) ?? [], mine, theirs)
          agreed.set(key, theirs)
          return merged
        })
      })
    },
  }
}
