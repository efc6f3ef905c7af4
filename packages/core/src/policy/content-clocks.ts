import type { MonoTypeOperatorFunction } from 'rxjs'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent, type TextDelta } from '../event/chat-event.js'
import type { Demand } from '../http/demand.js'
import { operatorOf } from '../operator-of.js'
import { type Alarm, createAlarm } from './create-alarm.js'

/** In milliseconds; `Infinity` switches a clock off. */
export interface ContentClocks {
  /** From the start of an attempt to its first piece of content. */
  readonly firstContentMs: number
  /** From one piece of content to the next. */
  readonly idleMs: number
  /** From the end of the answer to the end of the body: for the cost, and for the connection to be used again. */
  readonly drainMs: number
}

/**
 * Two clocks that count content, and one for what follows the answer. Comments that keep the line alive, empty deltas,
 * usage and headers do not reset them, and they do not ring while the reader wants no more. The first two error with
 * `timeout`, and so close the connection; an answer of which only the `[DONE]` is missing ends instead. The third
 * completes: an answer at its end is whole, also if the connection breaks before the cost.
 *
 * @param arrivedAt when the bytes came that the present events were made of. Default: now.
 */
export const contentClocks = (
  { firstContentMs, idleMs, drainMs }: ContentClocks,
  demand?: Demand,
  arrivedAt: () => number = Date.now,
): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let requestId: string | undefined
    /** The choices that have begun, and have no finish reason yet. */
    const open = new Set<number>()
    let current: number | undefined
    let hasFinished = false
    let hasEnded = false
    const createClock = (ms: number, what: string): Alarm => {
      const ring = (): void => {
        if (hasFinished && open.size === 0) {
          // Only the server's [DONE] and the end of the body are missing.
          subscriber.next({ type: 'answer-end' })
          subscriber.complete()
          return
        }
        const message = `No ${what} came for ${ms} ms.`
        subscriber.error(new ChatStreamError('timeout', message, { retryable: true, requestId }))
      }
      return createAlarm(ms, subscriber, ring, demand)
    }
    const first = createClock(firstContentMs, 'content')
    const idle = createClock(idleMs, 'more content')
    const drain = createAlarm(drainMs, subscriber, () => subscriber.complete(), demand)
    first.start()
    return {
      next(event) {
        if (isContent(event)) {
          const { index } = event as TextDelta
          if (index !== current) {
            open.add(index)
            current = index
            first.stop()
          }
          idle.start(arrivedAt())
        } else if (event.type === 'choice-end') {
          open.delete(event.index)
          current = undefined
          hasFinished = true
        } else if (event.type === 'answer-end') {
          hasEnded = true
          first.stop()
          idle.stop()
          drain.start()
        } else if (event.type === 'response-start') requestId = event.requestId
        subscriber.next(event)
      },
      error(error) {
        if (hasEnded) subscriber.complete()
        else subscriber.error(error)
      },
    }
  })
