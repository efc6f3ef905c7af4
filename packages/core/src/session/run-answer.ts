import type { Observable } from 'rxjs'
import { type ChatStreamError, defined } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent } from '../event/chat-event.js'
import { untilAborted } from '../http/until-aborted.js'
import type { Message, Report } from '../message/message.js'
import { newId } from '../message/new-id.js'
import { emptyMessage, reduceMessage } from '../message/reduce-message.js'
import { toChatStreamError } from './to-chat-stream-error.js'
import type { Turn } from './turn.js'

export interface RunObserver {
  /** The server keeps the answer: the turn has its id. */
  readonly onStream: (turn: Turn) => void
  /** An attempt began, or failed. */
  readonly onChange: () => void
  /** A piece arrived, or all that came was void. */
  readonly onContent: () => void
  /** Once, and nothing but the cost comes after it. The answer is without parts if nothing came. */
  readonly onSettle: (answer: Message, error: ChatStreamError | undefined) => void
  /** The cost came, after the answer. */
  readonly onCost: (answer: Message) => void
}

/**
 * Subscribes to the answer of a turn, notes in the turn how far it is, and tells how it goes: content, attempts, one end,
 * and the cost. When the signal aborts, the connection is closed; what came settles as `aborted`, or, after the answer,
 * only the wait for the cost ends.
 */
export function runAnswer(
  turn: Turn,
  stream$: Observable<ChatEvent>,
  signal: AbortSignal,
  observer: RunObserver,
): void {
  let message = emptyMessage(newId())
  const startedAt = Date.now()
  let firstAt: number | undefined
  let lastAt = startedAt
  let endedAt: number | undefined
  let pieces = 0
  let requestId: string | undefined

  /** Measured from the moment it is made; of the attempt that gave the answer, or failed last. */
  const report = (): Report => {
    const seconds = (lastAt - (firstAt ?? lastAt)) / 1000
    const counted: unknown = message.usage?.completion_tokens // servers send null, and strings, too
    const tokens = typeof counted === 'number' ? counted : pieces
    return {
      ...defined({
        timeToFirstTokenMs: firstAt && firstAt - startedAt,
        tokensPerSecond: seconds > 0 ? tokens / seconds : undefined,
        endpoint: turn.attempt?.endpoint,
        requestId,
      }),
      durationMs: (endedAt ?? lastAt) - startedAt,
      attempts: turn.attempt?.attempt ?? 0,
    }
  }

  const settle = (state: Message['state'], error?: ChatStreamError): void => {
    if (endedAt !== undefined) return
    endedAt = Date.now()
    message = { ...message, state, ...(error && { error: error.toJSON() }), report: report() }
    observer.onSettle(message, error)
  }

  const read = (event: ChatEvent): void => {
    // The answer is final: only what is counted of it may follow.
    if (endedAt !== undefined && event.type !== 'cost' && event.type !== 'usage') return
    message = reduceMessage(message, event)
    if (event.type === 'attempt-start' || event.type === 'attempt-failed') {
      const { attempt, endpoint } = event
      turn.attempt = { attempt, endpoint }
      if (event.type === 'attempt-start') requestId = undefined
      else turn.attempt = { attempt, endpoint, error: event.error, retryAt: Date.now() + event.retryInMs }
      observer.onChange()
      return
    }
    turn.onBegin?.()
    turn.onBegin = undefined
    if (event.type === 'answer-end') settle('complete')
    else if (event.type === 'response-start') {
      requestId = event.requestId
      if (!event.streamId) return
      // Whoever reads this stream, here or in another tab, has the same message.
      message = { ...message, id: event.streamId }
      turn.streamId = event.streamId
      observer.onStream(turn)
    } else if (endedAt !== undefined) {
      message = { ...message, report: report() }
      observer.onCost(message)
    } else if (isContent(event)) {
      lastAt = Date.now()
      firstAt ??= lastAt
      pieces++
      show()
    } else if (event.type === 'answer-reset') {
      firstAt = undefined
      pieces = 0
      show()
    }
  }

  const show = (): void => {
    turn.answer = message.parts[0] && message
    observer.onContent()
  }

  stream$.pipe(untilAborted(signal)).subscribe({
    next: read,
    error(cause: unknown) {
      const error = toChatStreamError(cause)
      // By another reader of the same stream, in another tab.
      if (error.code === 'stopped') settle('aborted')
      else settle('failed', error)
    },
    complete: () => settle('aborted'),
  })
}
