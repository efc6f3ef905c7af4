import { Observable } from 'rxjs'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Demand } from './demand.js'

/**
 * The bytes of a response as they come. The next chunk is read once the last has been handed on, and more is wanted;
 * unsubscribing cancels.
 *
 * Errors with `network` if the connection breaks, `unsupported` if this runtime's responses cannot be read as a stream.
 */
export const readBody = (
  response: Response,
  note?: (bytes: Uint8Array) => void,
  demand?: Demand,
  ended?: () => void,
): Observable<Uint8Array> =>
  new Observable((subscriber) => {
    const { body } = response
    if (body === null) return subscriber.complete() // as with status 204
    // Some stand-ins for fetch have no streams, or streams of their own; and a body can be read only once.
    if (typeof body?.getReader !== 'function' || body.locked) return subscriber.error(unreadable())
    const reader = body.getReader()
    const read = async (): Promise<void> => {
      try {
        while (!subscriber.closed) {
          if (demand !== undefined) await demand()
          const { done, value } = await reader.read()
          if (done) {
            ended?.()
            return subscriber.complete()
          }
          note?.(value)
          subscriber.next(value)
        }
      } catch (cause) {
        // Told by where it happens, the body, and not by its words, which differ from runtime to runtime.
        const message = 'The connection broke before the answer was whole.'
        subscriber.error(new ChatStreamError('network', message, { retryable: true, cause }))
      }
    }
    void read()
    // Cancelling a body that has already broken reports the same break once more.
    return () => void reader.cancel().catch(() => {})
  })

const unreadable = (): ChatStreamError =>
  new ChatStreamError(
    'unsupported',
    'This fetch cannot stream a response: give createChatClient one that can.',
  )
