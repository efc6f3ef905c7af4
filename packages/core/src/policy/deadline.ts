import { type MonoTypeOperatorFunction, Observable } from 'rxjs'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { createAlarm } from './create-alarm.js'

/**
 * One clock for everything: all attempts, all waits, the whole answer. It does not count the drain after the answer.
 * Errors with `timeout`, which is not retried.
 */
export const deadline =
  (totalMs: number): MonoTypeOperatorFunction<ChatEvent> =>
  (source) =>
    new Observable((subscriber) => {
      const alarm = createAlarm(totalMs, () =>
        subscriber.error(new ChatStreamError('timeout', `The answer was not whole after ${totalMs} ms.`)),
      )
      subscriber.add(alarm.stop)
      alarm.start()
      subscriber.add(
        source.subscribe({
          next: (event) => {
            if (event.type === 'answer-end') alarm.stop()
            subscriber.next(event)
          },
          error: (error: unknown) => subscriber.error(error),
          complete: () => subscriber.complete(),
        }),
      )
    })
