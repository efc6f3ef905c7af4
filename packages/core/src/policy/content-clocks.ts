import { type MonoTypeOperatorFunction, Observable } from 'rxjs'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent } from '../event/chat-event.js'
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
export const contentClocks =
  ({ firstContentMs, idleMs }: ContentClocks): MonoTypeOperatorFunction<ChatEvent> =>
  (source) =>
    new Observable((subscriber) => {
      let requestId: string | undefined
      const fail = (message: string): void =>
        subscriber.error(new ChatStreamError('timeout', message, { retryable: true, requestId }))

      const first = createAlarm(firstContentMs, () => fail(`No content came within ${firstContentMs} ms.`))
      const idle = createAlarm(idleMs, () => fail(`No more content came for ${idleMs} ms.`))
      subscriber.add(first.stop)
      subscriber.add(idle.stop)
      first.start()

      subscriber.add(
        source.subscribe({
          next: (event) => {
            if (isContent(event)) {
              first.stop()
              idle.start()
            } else if (event.type === 'answer-end') {
              first.stop()
              idle.stop()
            } else if (event.type === 'response-start') requestId = event.requestId
            subscriber.next(event)
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      )
    })
