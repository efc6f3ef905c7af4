import { storeConversations, takePartial } from '@chatstream/chat-kit'
import {
  type Conversation,
  fromJSON,
  isChatStreamError,
  type Message,
  type MessageStore,
} from '@chatstream/core'
import { createChatSessions } from '@chatstream/vue'

type Messages = readonly Message[]

/** The conversations of the page, with the answers that stream into them. */
export const sessions = createChatSessions()

const conversations = storeConversations<Conversation>('chatstream-vue', {
  messagesOf,
  withMessages: (conversation, messages) => ({ ...conversation, messages }),
})

function messagesOf(stored: unknown): Messages | undefined {
  try {
    return fromJSON(stored).initialMessages
  } catch (error) {
    if (isChatStreamError(error)) return undefined // of another version of the app: it cannot be shown
    throw error
  }
}

/** The messages at hand, of each conversation that has been looked at. */
const atHand = new Map<string, Messages>()
const stores = new Map<string, Promise<MessageStore>>()

/** Where a conversation is kept: at hand in memory, and in IndexedDB, which is written when a turn settles. */
export function loadStore(id: string): Promise<MessageStore> {
  const store = stores.get(id) ?? openStore(id)
  stores.set(id, store)
  return store
}

async function openStore(id: string): Promise<MessageStore> {
  const stored = await conversations.getItem(id)
  atHand.set(id, (stored && messagesOf(stored)) ?? [])
  const get = (): Messages => atHand.get(id) ?? []
  const store: MessageStore = {
    get,
    update(change) {
      const messages = change(get())
      if (messages === get()) return
      atHand.set(id, messages)
      void conversations.setItem(id, { version: 1, id, messages })
    },
  }
  store.update((messages) => takePartial(id, messages))
  return store
}

conversations.onOtherTab((id, merge) => {
  const mine = atHand.get(id)
  if (mine === undefined) return // it is read when it is looked at
  const messages = merge(mine)
  if (messages === undefined) return forget(id)
  atHand.set(id, messages)
  sessions.refresh(id)
})

/** Removes a conversation from the page and from the disk; an answer that streams into it is stopped. */
export function forgetConversation(id: string): void {
  forget(id)
  void conversations.removeItem(id)
}

function forget(id: string): void {
  if (atHand.has(id)) atHand.set(id, []) // first: whoever shows it looks again
  sessions.remove(id)
}
