import type { CompletionChunk } from '../chunk/completion-chunk.js'
import type { Cost } from '../chunk/cost.js'
import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Usage } from './usage.js'

/** An event that was made from a chunk gives back that chunk, with every field that we do not know. */
interface FromChunk {
  readonly raw: CompletionChunk
}

interface OfChoice extends FromChunk {
  /** Which of several choices (`n`) it belongs to; 0 if there is one. */
  readonly index: number
}

export interface TextDelta extends OfChoice {
  readonly type: 'text-delta'
  readonly text: string
}

export interface ReasoningDelta extends OfChoice {
  readonly type: 'reasoning-delta'
  readonly text: string
}

export interface RefusalDelta extends OfChoice {
  readonly type: 'refusal-delta'
  readonly text: string
}

export interface ToolCallDelta extends OfChoice {
  readonly type: 'tool-call-delta'
  /** Which of the choice's calls it belongs to, from 0. */
  readonly toolIndex: number
  readonly id?: string
  readonly name?: string
  /** The next piece of the arguments, which are JSON once they are whole. */
  readonly arguments?: string
  /** Fields that the provider added to the call, and may want back with it. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export interface ChoiceEnd extends OfChoice {
  readonly type: 'choice-end'
  /** `stop`, `length`, `tool_calls`, `content_filter`, or whatever the provider says. */
  readonly finishReason: string
}

export interface UsageReport extends FromChunk {
  readonly type: 'usage'
  readonly usage: Usage
}

/** The answer is final: no text comes after it. The cost may. */
export interface AnswerEnd {
  readonly type: 'answer-end'
}

export interface CostReport extends Cost {
  readonly type: 'cost'
}

export interface CommentEvent {
  readonly type: 'comment'
  readonly comment: string
}

/** A request is about to be sent. */
export interface AttemptStart {
  readonly type: 'attempt-start'
  /** Counted from 1, over all endpoints. */
  readonly attempt: number
  /** The base URL of the endpoint. */
  readonly endpoint: string
}

/** An attempt failed, and another one follows. */
export interface AttemptFailed {
  readonly type: 'attempt-failed'
  readonly attempt: number
  readonly endpoint: string
  readonly error: ChatStreamError
  /** When the next attempt starts, in milliseconds from now. */
  readonly retryInMs: number
}

/** The head of a response has arrived, and it is a stream. */
export interface ResponseStart {
  readonly type: 'response-start'
  readonly attempt: number
  readonly endpoint: string
  readonly status: number
  readonly requestId?: string | undefined
  /** Under which the server keeps the answer, to be resumed or stopped. */
  readonly streamId?: string | undefined
}

/** The answer starts anew, so all that came of it is void. Only if `restart` was asked for. */
export interface AnswerReset {
  readonly type: 'answer-reset'
}

/** Everything that can happen between a request and the end of its answer, in the order in which it happens. */
export type ChatEvent =
  | AttemptStart
  | AttemptFailed
  | ResponseStart
  | AnswerReset
  | TextDelta
  | ReasoningDelta
  | RefusalDelta
  | ToolCallDelta
  | ChoiceEnd
  | UsageReport
  | AnswerEnd
  | CostReport
  | CommentEvent

/** Is it a piece of the answer, which must not be asked for twice? Comments, usage and empty deltas are not. */
export const isContent = ({ type }: ChatEvent): boolean =>
  type === 'text-delta' ||
  type === 'reasoning-delta' ||
  type === 'tool-call-delta' ||
  type === 'refusal-delta'
