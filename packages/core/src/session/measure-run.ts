import { defined } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent } from '../event/chat-event.js'
import type { Message, Report } from '../message/message.js'
import type { AttemptProgress } from './session-state.js'

export interface RunMeter {
  readonly add: (event: ChatEvent) => void
  /** @param last the attempt that gave the answer, or failed last. */
  readonly report: (message: Message, last: AttemptProgress | undefined) => Report
}

/** Measures one answer as it comes, from the moment it is made. */
export function createRunMeter(): RunMeter {
  const startedAt = Date.now()
  let firstAt: number | undefined
  let lastAt = startedAt
  let endedAt: number | undefined
  let pieces = 0
  let requestId: string | undefined

  return {
    add(event) {
      if (isContent(event)) {
        lastAt = Date.now()
        firstAt ??= lastAt
        pieces++
      } else if (event.type === 'attempt-start') requestId = undefined
      else if (event.type === 'response-start') requestId = event.requestId
      else if (event.type === 'answer-reset') {
        firstAt = undefined
        pieces = 0
      } else if (event.type === 'answer-end') endedAt = Date.now()
    },
    report({ usage }, last) {
      const seconds = (lastAt - (firstAt ?? lastAt)) / 1000
      const counted: unknown = usage?.completion_tokens // servers send null, and strings, too
      const tokens = typeof counted === 'number' ? counted : pieces
      return {
        ...defined({
          timeToFirstTokenMs: firstAt && firstAt - startedAt,
          tokensPerSecond: seconds > 0 ? tokens / seconds : undefined,
          endpoint: last?.endpoint,
          requestId,
        }),
        durationMs: (endedAt ?? Date.now()) - startedAt,
        attempts: last?.attempt ?? 0,
      }
    },
  }
}
