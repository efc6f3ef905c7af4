import type { Cost } from '../chunk/cost.js'
import type { ChatStreamErrorData } from '../errors/chat-stream-error.js'
import type { Usage } from '../event/usage.js'

export interface TextPart {
  readonly type: 'text'
  readonly text: string
}

export interface ReasoningPart {
  readonly type: 'reasoning'
  readonly text: string
}

export interface RefusalPart {
  readonly type: 'refusal'
  readonly text: string
}

export interface ToolCallPart {
  readonly type: 'tool-call'
  readonly toolIndex: number
  readonly id: string
  readonly name: string
  /** JSON, once it is whole. */
  readonly arguments: string
  /** Fields that the provider added to the call: they go back with it. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface ImagePart {
  readonly type: 'image'
  /** An address, or a `data:` URL. */
  readonly url: string
}

export type MessagePart = TextPart | ReasoningPart | RefusalPart | ToolCallPart | ImagePart

/**
 * One message of a conversation: plain JSON, never changed in place. What an event does not touch keeps its identity.
 */
export interface Message {
  readonly id: string
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  /** In the order of arrival: reasoning and text may take turns. */
  readonly parts: readonly MessagePart[]
  readonly state: 'streaming' | 'complete' | 'aborted' | 'failed'
  readonly finishReason?: string
  readonly usage?: Usage
  readonly cost?: Cost
  /** Why it failed. */
  readonly error?: ChatStreamErrorData
}
