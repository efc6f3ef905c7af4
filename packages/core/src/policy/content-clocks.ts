import type { MonoTypeOperatorFunction } from 'rxjs'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import { createAlarm } from './create-alarm.js'

/** In milliseconds; `Infinity` switches a clock off. */
export interface ContentClocks {
  /** From the start of an attempt to its first piece of content. */
  readonly firstContentMs: number
  /** From one piece of content to the next. */
  readonly idleMs: number
}

/**
 * Two clocks that count content. Comments that keep the line alive, empty deltas, usage and headers do not reset them;
 * at the end of the answer they stop. Errors with `timeout`, and so closes the connection.
 */
export const contentClocks = ({
  firstContentMs,
  idleMs,
}: ContentClocks): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let requestId: string | undefined
    const alarm = (ms: number, what: string) =>
      createAlarm(ms, subscriber, () =>
        subscriber.error(
          new ChatStreamError('timeout', `${what} for ${ms} ms.`, { retryable: true, requestId }),
        ),
      )
    const first = alarm(firstContentMs, 'No content came')
    const idle = alarm(idleMs, 'No more content came')
    first.start()
    return {
      next(event) {
        if (isContent(event)) {
          first.stop()
          idle.start()
        } else if (event.type === 'answer-end') {
          first.stop()
          idle.stop()
        } else if (event.type === 'response-start') requestId = event.requestId
        subscriber.next(event)
      },
    }
  })
