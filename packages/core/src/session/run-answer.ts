import type { Observable } from 'rxjs'
import type { ChatStreamError } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent } from '../event/chat-event.js'
import { untilAborted } from '../http/until-aborted.js'
import type { Message } from '../message/message.js'
import { newId } from '../message/new-id.js'
import { emptyMessage, reduceMessage } from '../message/reduce-message.js'
import { createRunMeter } from './measure-run.js'
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
  const meter = createRunMeter()
  let message = emptyMessage(newId())
  let settled = false

  const settle = (state: Message['state'], error?: ChatStreamError): void => {
    if (settled) return
    settled = true
    message = {
      ...message,
      state,
      ...(error && { error: error.toJSON() }),
      report: meter.report(message, turn.attempt),
    }
    observer.onSettle(message, error)
  }

  const read = (event: ChatEvent): void => {
    // The answer is final: only what is counted of it may follow.
    if (settled && event.type !== 'cost' && event.type !== 'usage') return
    meter.add(event)
    message = reduceMessage(message, event)
    if (event.type === 'attempt-start' || event.type === 'attempt-failed') {
      const { attempt, endpoint } = event
      const isFailed = event.type === 'attempt-failed'
      const failure = isFailed && { error: event.error, retryAt: Date.now() + event.retryInMs }
      turn.attempt = { attempt, endpoint, ...failure }
      observer.onChange()
      return
    }
    turn.onBegin?.()
    turn.onBegin = undefined
    if (event.type === 'answer-end') settle('complete')
    else if (event.type === 'response-start' && event.streamId) {
      // Whoever reads this stream, here or in another tab, has the same message.
      message = { ...message, id: event.streamId }
      turn.streamId = event.streamId
      observer.onStream(turn)
    } else if (settled) {
      message = { ...message, report: meter.report(message, turn.attempt) }
      observer.onCost(message)
    } else if (isContent(event) || event.type === 'answer-reset') {
      turn.answer = message.parts.length > 0 ? message : undefined
      observer.onContent()
    }
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
