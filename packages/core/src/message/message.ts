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

/** How an answer came about. Times are in milliseconds. */
export interface Report {
  /** From the sending to the first piece of content, reasoning included: all attempts and waits are in it. */
  readonly timeToFirstTokenMs?: number
  /** Between the first and the last piece. Pieces count as tokens where the provider counts none. */
  readonly tokensPerSecond?: number
  /** From the sending to the end of the answer. */
  readonly durationMs: number
  /** Requests sent. */
  readonly attempts: number
  /** The base URL that answered, or failed last. */
  readonly endpoint?: string
  readonly requestId?: string
}

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
  readonly error?: ChatStreamErrorData | undefined
  readonly report?: Report
  /** Of a `tool` message: which call it answers. */
  readonly toolCallId?: string
  /** The answer to this message is on its way: the server keeps it under this id, to be resumed. */
  readonly streamId?: string | undefined
}
