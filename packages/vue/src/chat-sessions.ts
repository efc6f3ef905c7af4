import {
  type ChatSession,
  type ChatSessionOptions,
  type Conversation,
  createChatSession,
  type fromJSON,
} from '@chatstream/core'
import { type App, getCurrentInstance, hasInjectionContext, type InjectionKey, inject } from 'vue'

/** The conversations of an app, for `app.use`. */
export interface ChatSessions {
  readonly install: (app: App) => void
  /** Ends a conversation, and forgets it. A component that shows it starts anew. */
  readonly remove: (id: string) => void
  /** Shows what the store of a conversation has from elsewhere, as from another tab. */
  readonly refresh: (id: string) => void
  /** All conversations as plain data, for `fromJSON` and `createChatSessions` on the other side. */
  readonly toJSON: () => readonly Conversation[]
}

/** For `provide`, where a part of an app shall have conversations of its own. */
export const chatSessionsKey: InjectionKey<ChatSessions> = Symbol('chatstream')

type StoredChat = ReturnType<typeof fromJSON>

type WhenUnused = 'stop' | 'continue' | undefined

interface Seat {
  readonly session: ChatSession
  /** The last one out stops what streams; one who says `continue` leaves it. */
  readonly leave: (whenUnused: WhenUnused) => void
}

export interface SharedSessions extends ChatSessions {
  /** Takes part in the conversation with this id, which is made at the first look. */
  readonly join: (id: string, options: Omit<ChatSessionOptions, 'id'>) => Seat
  /** The next id of those who have none; the same on a server and on its page. */
  readonly nextId: () => string
}

interface Place {
  readonly session: ChatSession
  users: number
  /** As the last one who left has it. */
  whenUnused?: WhenUnused
}

/**
 * Conversations that components share by their ids. An app makes them by itself; make them yourself to hand what a server
 * has rendered to the page, and to remove a conversation.
 *
 * @example
 * ```ts
 * import { fromJSON } from '@chatstream/core'
 * import { createChatSessions } from '@chatstream/vue'
 * import { createSSRApp } from 'vue'
 *
 * const sessions = createChatSessions()
 * createSSRApp({}).use(sessions)
 * const state = JSON.stringify(sessions) // on the server, once it has rendered
 * const onThePage = createChatSessions(JSON.parse(state).map(fromJSON))
 * ```
 */
export function createChatSessions(stored: readonly StoredChat[] = []): ChatSessions {
  const history = new Map(stored.map((chat) => [chat.id, chat]))
  const places = new Map<string, Place>()
  let ownIds = 0

  const leave = async (place: Place, whenUnused: WhenUnused): Promise<void> => {
    place.users--
    place.whenUnused = whenUnused
    // Not at once: a component that moves leaves and comes back in one go.
    await undefined
    if (place.users === 0 && place.whenUnused !== 'continue') place.session.stop()
  }

  const sessions: SharedSessions = {
    install: (app) => void app.provide(chatSessionsKey, sessions),
    remove(id) {
      const place = places.get(id)
      places.delete(id) // first: whoever hears of the end comes back at once
      history.delete(id)
      place?.session.dispose()
    },
    refresh: (id) => places.get(id)?.session.refresh(),
    toJSON: () => [...places.values()].map(({ session }) => session.toJSON()),
    nextId: () => `:${ownIds++}:`,
    join(id, options) {
      const place = places.get(id) ?? {
        session: createChatSession({ ...options, ...history.get(id), id }),
        users: 0,
      }
      places.set(id, place)
      place.users++
      return { session: place.session, leave: (whenUnused) => void leave(place, whenUnused) }
    },
  }
  return sessions
}

/** Those that were provided, or else those of the app, made at the first look. */
export function injectChatSessions(): SharedSessions {
  const provided = hasInjectionContext() ? inject(chatSessionsKey, undefined) : undefined
  if (provided !== undefined) return provided as SharedSessions
  const sessions = createChatSessions()
  getCurrentInstance()?.appContext.app.use(sessions)
  return sessions as SharedSessions
}
