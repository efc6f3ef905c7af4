import type { MonoTypeOperatorFunction, Observable } from 'rxjs'
import { after } from '../after.js'
import { defer } from '../defer.js'
import { isChatStreamError } from '../errors/chat-stream-error.js'
import { operatorOf } from '../operator-of.js'
import { isComment, type ServerSentEvent } from './server-sent-event.js'

/** When to give up. */
export interface ReconnectLimits {
  /** Tries in a row without an event. Default: 5. */
  readonly maxAttempts?: number
  /** The wait before the second try, in milliseconds; it doubles with each. The first is made at once. Default: 500. */
  readonly baseDelayMs?: number
}

/**
 * Goes on where the line broke, if the server keeps the stream: it is asked for what came after the last event that
 * arrived, so each event is there once, whatever happens to the connection. When it gives up, the stream ends as it would
 * have without it.
 *
 * @param open asks for the events after the one with this id.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#the-last-event-id-header
 */
export const reconnect =
  (
    open: (lastEventId: string) => Observable<ServerSentEvent>,
    { maxAttempts = 5, baseDelayMs = 500 }: ReconnectLimits = {},
  ): MonoTypeOperatorFunction<ServerSentEvent> =>
  (source) =>
    defer(() => {
      let lastEventId = ''
      let done = false
      let isWhole = false // the cost has come, too, and not a piece of it

      /** @param giveUp how the connection before this one ended; nothing for the first. */
      const goOn = (failures: number, giveUp?: () => void): MonoTypeOperatorFunction<ServerSentEvent> =>
        operatorOf((subscriber) => {
          let isNew = true

          const again = (end: () => void): void => {
            const count = isNew ? failures : 0
            const endUnheard = isNew && giveUp !== undefined ? giveUp : end
            const retry = (): void => {
              open(lastEventId)
                .pipe(goOn(count + 1, endUnheard))
                .subscribe(subscriber)
            }
            if (count >= maxAttempts) endUnheard()
            else if (count === 0) retry()
            else subscriber.add(after(baseDelayMs * 2 ** (count - 1), retry))
          }

          return {
            next(event) {
              if (isComment(event)) isWhole ||= done && event.comment.endsWith('}')
              else if (event.unfinished)
                return // it comes again, whole
              else {
                lastEventId = event.id
                isNew = false
                done ||= event.data.trim() === '[DONE]'
              }
              subscriber.next(event)
            },
            error(error) {
              const end = (): void => subscriber.error(error)
              if (isWhole) subscriber.complete()
              else if (!isChatStreamError(error)) end()
              else if (error.retryable) again(end)
              // The server does not keep the stream, or no longer.
              else if (giveUp !== undefined && error.kind === 'http') giveUp()
              else end()
            },
            complete() {
              // A server that has no more to say after the last event has said all.
              if (done || (isNew && giveUp !== undefined)) subscriber.complete()
              else again(() => subscriber.complete())
            },
          }
        })

      return source.pipe(goOn(0))
    })
