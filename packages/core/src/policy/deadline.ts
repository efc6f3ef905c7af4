import type { MonoTypeOperatorFunction } from 'rxjs'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import { createAlarm } from './create-alarm.js'

/**
 * One clock for everything: all attempts, all waits, the whole answer. It does not count the drain after the answer.
 * Errors with `timeout`, which is not retried.
 */
export const deadline = (totalMs: number): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    const alarm = createAlarm(totalMs, subscriber, () =>
      subscriber.error(new ChatStreamError('timeout', `The answer was not whole after ${totalMs} ms.`)),
    )
    alarm.start()
    return {
      next(event) {
        if (event.type === 'answer-end') alarm.stop()
        subscriber.next(event)
      },
    }
  })
