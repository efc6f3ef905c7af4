import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ImagePart, Message, TextPart } from '../message/message.js'
import { newId } from '../message/new-id.js'

/** What a user says: text, or text and images. */
export interface ChatInput {
  readonly text?: string
  readonly parts?: readonly (TextPart | ImagePart)[]
  /** The message that it takes the place of. */
  readonly messageId?: string
}

/** The user's message. Errors with `unsupported` if there is nothing in it. */
export function toUserMessage(input: string | ChatInput): Message {
  const { text = '', parts = [], messageId } = typeof input === 'string' ? { text: input } : input
  const all = text === '' ? parts : [...parts, { type: 'text', text } as const]
  if (all.length === 0) {
    throw new ChatStreamError('unsupported', 'There is nothing to send: give sendMessage a text, or parts.')
  }
  return { id: messageId ?? newId(), role: 'user', parts: all, state: 'complete' }
}
