import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'

/**
 * - `ready`: nothing is going on
 * - `submitted`: a message was sent, and nothing has come of its answer
 * - `streaming`: the answer is coming
 * - `error`: the last answer failed; `error` says why
 */
export type ChatStatus = 'ready' | 'submitted' | 'streaming' | 'error'

/** Where the attempts of a running answer stand, for a user interface to tell. */
export interface AttemptProgress {
  /** Counted from 1, over all endpoints. */
  readonly attempt: number
  readonly endpoint: string
  /** Why the last attempt failed, while the next one is waited for. */
  readonly error?: ChatStreamError
  /** When the next one starts, in milliseconds since the epoch. */
  readonly retryAt?: number
}

/** A snapshot of a conversation: never changed in place, and what did not change in it is the same object as before. */
export interface ChatSessionState {
  readonly messages: readonly Message[]
  readonly status: ChatStatus
  readonly error: ChatStreamError | undefined
  /** The attempt in progress; nothing when no answer is on its way. */
  readonly attempt: AttemptProgress | undefined
}

/** What has ended, for callbacks. */
export type ChatSessionEvent =
  | {
      readonly type: 'finish'
      readonly message: Message
      readonly messages: readonly Message[]
      /** It was stopped. */
      readonly isAbort: boolean
      /** The connection broke. */
      readonly isDisconnect: boolean
      readonly isError: boolean
      readonly finishReason: string | undefined
    }
  | { readonly type: 'error'; readonly error: ChatStreamError }
  | { readonly type: 'cost'; readonly message: Message }
