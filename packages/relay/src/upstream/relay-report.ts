import type { ChatEvent, ChatStreamErrorData, Cost, Usage } from '@chatstream/core'

/**
 * How an answer ended: whole; with an error; by a stop; because nobody read it any more; or because the relay was closed.
 */
export type Outcome = 'complete' | 'failed' | 'stopped' | 'aborted' | 'shut-down'

/** What is known of one answer when it is over: nothing of what was asked and said. */
export interface RelayReport {
  /** The `x-request-id` that the client was given. */
  readonly requestId: string
  /** The `x-stream-id`, if the answer could be resumed. */
  readonly streamId: string | undefined
  readonly model: string
  readonly isStream: boolean
  readonly outcome: Outcome
  readonly error: ChatStreamErrorData | undefined
  /** How many requests went upstream, and the base URL of the last one. */
  readonly attempts: number
  readonly endpoint: string | undefined
  /** The provider's own id of the request. */
  readonly upstreamRequestId: string | undefined
  readonly responseId: string | undefined
  readonly responseModel: string | undefined
  readonly finishReasons: readonly string[]
  readonly usage: Usage | undefined
  /** Undefined if none came: unknown, not nothing. */
  readonly cost: Cost | undefined
  readonly timeToFirstContentMs: number | undefined
  readonly durationMs: number
}

/** What the events of an answer tell for its report. */
export type EventFacts = Pick<
  RelayReport,
  | 'attempts'
  | 'endpoint'
  | 'upstreamRequestId'
  | 'responseId'
  | 'responseModel'
  | 'finishReasons'
  | 'usage'
  | 'cost'
>

export const noFacts: EventFacts = {
  attempts: 0,
  endpoint: undefined,
  upstreamRequestId: undefined,
  responseId: undefined,
  responseModel: undefined,
  finishReasons: [],
  usage: undefined,
  cost: undefined,
}

export function addFacts(facts: EventFacts, event: ChatEvent): EventFacts {
  switch (event.type) {
    case 'attempt-start':
      return { ...facts, attempts: event.attempt, endpoint: event.endpoint }
    case 'response-start':
      return { ...facts, upstreamRequestId: event.requestId }
    case 'choice-end': {
      const { id, model } = event.raw
      return {
        ...facts,
        finishReasons: [...facts.finishReasons, event.finishReason],
        responseId: typeof id === 'string' ? id : facts.responseId,
        responseModel: typeof model === 'string' ? model : facts.responseModel,
      }
    }
    case 'usage':
      return { ...facts, usage: event.usage }
    case 'cost': {
      const { type: _, ...cost } = event
      return { ...facts, cost }
    }
    default:
      return facts
  }
}
