import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'
import type { ChatSessionEvent } from './session-state.js'

/** What a component wants to be told; of a binding's options. */
export interface ChatCallbacks {
  /** An answer has ended, however it has: whole, stopped or failed. Its cost may follow. */
  readonly onFinish?: ((end: ChatFinish) => void) | undefined
  readonly onError?: ((error: ChatStreamError) => void) | undefined
  /** The cost came, or the usage, after the answer. */
  readonly onCost?: ((report: { readonly message: Message }) => void) | undefined
}

export type ChatFinish = Omit<Extract<ChatSessionEvent, { type: 'finish' }>, 'type'>

/**
 * Hands an event of a session to the callback that it is for: for bindings.
 *
 * @example
 * ```ts
 * import { type ChatCallbacks, type ChatSession, tellCallbacks } from '@chatstream/core'
 *
 * const follow = (session: ChatSession, callbacks: () => ChatCallbacks) =>
 *   session.events$.subscribe((event) => tellCallbacks(event, callbacks()))
 * ```
 */
export function tellCallbacks(event: ChatSessionEvent, { onFinish, onError, onCost }: ChatCallbacks): void {
  if (event.type === 'error') {
    onError?.(event.error)
    return
  }
  const { type, ...report } = event
  if (type === 'cost') onCost?.(report)
  else onFinish?.(report as ChatFinish)
}
