import type { ChatSession, Message } from '@chatstream/core'
import { useChatSelector } from './use-chat-selector.js'

/**
 * One message of a conversation: the component renders when this message changes, and not with the others.
 *
 * @param chat the id of a conversation, or a session of your own
 *
 * @example
 * ```tsx
 * import { useChatMessage } from '@chatstream/react'
 *
 * export function Row({ chat, id }: { chat: string; id: string }) {
 *   const message = useChatMessage(chat, id)
 *   return <p>{message?.parts.map((part) => part.type === 'text' && part.text)}</p>
 * }
 * ```
 */
export const useChatMessage = (chat: string | ChatSession, messageId: string): Message | undefined =>
  useChatSelector(chat, ({ messages }) => messages.find(({ id }) => id === messageId))
