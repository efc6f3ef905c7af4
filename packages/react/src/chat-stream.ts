import type {
  ChatActions,
  ChatCallbacks,
  ChatClient,
  ChatSession,
  ChatSessionState,
  Message,
  SendOptions,
} from '@chatstream/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ChatHistoryOptions } from './chat-query.js'

/** A conversation in the query cache. */
export interface ChatStreamOptions
  extends ChatHistoryOptions,
    ChatCallbacks,
    Omit<SendOptions, 'client' | 'model'> {
  /** Components with the same id share one conversation. Without it, it is gone with the component. */
  readonly id?: string | undefined
  readonly client: ChatClient
  readonly model: string
}

/** A session of your own: neither a cache nor a provider is needed. */
export interface SessionOptions extends ChatCallbacks {
  readonly session: ChatSession
}

/** The functions stay the same from render to render; they never throw or reject. */
export interface ChatStream extends ChatSessionState, ChatActions, Pick<ChatSession, 'id'> {}

export interface CachedChatStream extends ChatStream {
  /** The query of the settled messages: whether they are being loaded, and why they could not be. */
  readonly history: UseQueryResult<readonly Message[]>
  /** A message waits for the network. */
  readonly isPaused: boolean
}
