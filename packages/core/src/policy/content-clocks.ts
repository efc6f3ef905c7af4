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
}

/**
 * Two clocks that count content. Comments that keep the line alive, empty deltas, usage and headers do not reset them;
 * at the end of the answer they stop, and they do not ring while the reader wants no more. Errors with `timeout`, and so
 * closes the connection; an answer of which only the `[DONE]` is missing ends instead.
 */
export const contentClocks = (
  { firstContentMs, idleMs }: ContentClocks,
  demand?: Demand,
): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let requestId: string | undefined
    /** The choices that have begun, and have no finish reason yet. */
    const open = new Set<number>()
    let current: number | undefined
    let hasFinished = false
    const ring = (message: string) => (): void => {
      if (hasFinished && open.size === 0) {
        // Only the server's [DONE] and the end of the body are missing.
        subscriber.next({ type: 'answer-end' })
        subscriber.complete()
      } else subscriber.error(new ChatStreamError('timeout', message, { retryable: true, requestId }))
    }
    const createClock = (ms: number, what: string): Alarm =>
      createAlarm(ms, subscriber, ring(`No ${what} came for ${ms} ms.`), demand)
    const first = createClock(firstContentMs, 'content')
    const idle = createClock(idleMs, 'more content')
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
          idle.start()
        } else if (event.type === 'choice-end') {
          open.delete(event.index)
          current = undefined
          hasFinished = true
        } else if (event.type === 'answer-end') {
          first.stop()
          idle.stop()
        } else if (event.type === 'response-start') requestId = event.requestId
        subscriber.next(event)
      },
    }
  })
