import type { Observable } from 'rxjs'
import type { ChatStreamError } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent } from '../event/chat-event.js'
import { untilAborted } from '../http/until-aborted.js'
import type { Message } from '../message/message.js'
import { emptyMessage, reduceMessage } from '../message/reduce-message.js'
import { createRunMeter } from './measure-run.js'
import { toChatStreamError } from './to-chat-stream-error.js'

/** Where the attempts of a running answer stand, for a user interface to tell. */
export interface AttemptProgress {
  /** Counted from 1, over all endpoints. */
  readonly attempt: number
  readonly endpoint: string
  /** Why the last attempt failed, while the next one is waited for. */
  readonly error?: ChatStreamError
  /** When the next one starts, in milliseconds since the epoch. */
  readonly retryAt?: number
}

export interface RunObserver {
  /** Once, when anything came of the response. */
  readonly onBegin: () => void
  /** The server keeps the answer, under this id. */
  readonly onStream: (streamId: string) => void
  /** A piece arrived. The message is without parts if it was reset. */
  readonly onContent: (message: Message) => void
  readonly onAttempt: (progress: AttemptProgress) => void
  /** Once, and nothing but the cost comes after it. */
  readonly onSettle: (message: Message, error: ChatStreamError | undefined) => void
  /** The cost came, after the answer. */
  readonly onCost: (message: Message) => void
}

/**
 * Subscribes to one answer, and tells how it goes: content, attempts, one end, and the cost. When the signal aborts, the
 * connection is closed; what came settles as `aborted`, or, after the answer, only the wait for the cost ends.
 */
export function runAnswer(
  id: string,
  stream$: Observable<ChatEvent>,
  signal: AbortSignal,
  observer: RunObserver,
): void {
  const meter = createRunMeter()
  let message = emptyMessage(id)
  let begun = false
  let settled = false

  const settle = (state: Message['state'], error?: ChatStreamError): void => {
    if (settled) return
    settled = true
    message = { ...message, state, ...(error && { error: error.toJSON() }), report: meter.report(message) }
    observer.onSettle(message, error)
  }

  const read = (event: ChatEvent): void => {
    // The answer is final: only what is counted of it may follow.
    if (settled && event.type !== 'cost' && event.type !== 'usage') return
    if (!begun && event.type !== 'attempt-start' && event.type !== 'attempt-failed') {
      begun = true
      observer.onBegin()
    }
    meter.add(event)
    message = reduceMessage(message, event)
    if (event.type === 'answer-end') settle('complete')
    else if (event.type === 'response-start' && event.streamId) {
      // Whoever reads this stream, here or in another tab, has the same message.
      message = { ...message, id: event.streamId }
      observer.onStream(event.streamId)
    } else if (event.type === 'attempt-start')
      observer.onAttempt({ attempt: event.attempt, endpoint: event.endpoint })
    else if (event.type === 'attempt-failed') {
      const { attempt, endpoint, error, retryInMs } = event
      observer.onAttempt({ attempt, endpoint, error, retryAt: Date.now() + retryInMs })
    } else if (settled) {
      message = { ...message, report: meter.report(message) }
      observer.onCost(message)
    } else if (isContent(event) || event.type === 'answer-reset') observer.onContent(message)
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
