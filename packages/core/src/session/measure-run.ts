import { type ChatEvent, isContent } from '../event/chat-event.js'
import type { Message, Report } from '../message/message.js'

export interface RunMeter {
  readonly add: (event: ChatEvent) => void
  readonly report: (message: Message) => Report
}

/** Measures one answer as it comes, from the moment it is made. */
export function createRunMeter(): RunMeter {
  const startedAt = Date.now()
  let firstAt: number | undefined
  let lastAt = startedAt
  let endedAt: number | undefined
  let pieces = 0
  let attempts = 0
  let endpoint: string | undefined
  let requestId: string | undefined

  return {
    add(event) {
      if (isContent(event)) {
        lastAt = Date.now()
        firstAt ??= lastAt
        pieces++
      } else if (event.type === 'attempt-start') {
        attempts = event.attempt
        endpoint = event.endpoint
        requestId = undefined
      } else if (event.type === 'response-start') requestId = event.requestId
      else if (event.type === 'answer-reset') {
        firstAt = undefined
        pieces = 0
      } else if (event.type === 'answer-end') endedAt = Date.now()
    },
    report({ usage }) {
      const seconds = firstAt === undefined ? 0 : (lastAt - firstAt) / 1000
      const counted: unknown = usage?.completion_tokens // servers send null, and strings, too
      const tokens = typeof counted === 'number' ? counted : pieces
      return {
        ...(firstAt !== undefined && { timeToFirstTokenMs: firstAt - startedAt }),
        ...(seconds > 0 && { tokensPerSecond: tokens / seconds }),
        durationMs: (endedAt ?? Date.now()) - startedAt,
        attempts,
        ...(endpoint !== undefined && { endpoint }),
        ...(requestId !== undefined && { requestId }),
      }
    },
  }
}
