import { takePartial } from '@chatstream/chat-kit'
import { fromJSON, isChatStreamError, type Message, type MessageStore } from '@chatstream/core'
import { createChatSessions } from '@chatstream/vue'
import { createStore, del, get, set } from 'idb-keyval'
import { shallowReactive } from 'vue'

// Each conversation is an entry of its own: two tabs in two conversations do not overwrite each other.
const database = createStore('chatstream-vue', 'conversations')

/** The conversations of the page, with the answers that stream into them. */
export const sessions = createChatSessions()

/** How many answers are on their way, in each conversation that has any: also in one that is not shown. */
export const openAnswers: ReadonlyMap<string, number> = shallowReactive(new Map())

/** Counts an answer until it has settled. */
export async function countOpen(id: string, answer: Promise<unknown>): Promise<void> {
  const counts = openAnswers as Map<string, number>
  const add = (more: number): void => {
    const count = (counts.get(id) ?? 0) + more
    if (count === 0) counts.delete(id)
    else counts.set(id, count)
  }
  add(1)
  await answer
  add(-1)
}

/** Where a conversation is kept: at hand in memory, and in IndexedDB, which is written when a turn settles. */
export async function loadStore(id: string): Promise<MessageStore> {
  const loaded = await loadMessages(id)
  let messages = takePartial(id, loaded)
  const write = (): void => void set(id, { version: 1, id, messages }, database)
  if (messages !== loaded) write()
  return {
    get: () => messages,
    update(change) {
      const changed = change(messages)
      if (changed === messages) return
      messages = changed
      write()
    },
  }
}

async function loadMessages(id: string): Promise<readonly Message[]> {
  const stored: unknown = await get(id, database)
  if (stored === undefined) return []
  try {
    return fromJSON(stored).initialMessages
  } catch (error) {
    if (isChatStreamError(error)) return [] // of another version of the app: it cannot be shown
    throw error
  }
}

/** Removes a conversation from the page and from the disk; an answer that streams into it is stopped. */
export function forgetConversation(id: string): void {
  sessions.remove(id)
  void del(id, database)
}
