import { type MonoTypeOperatorFunction, Observable } from 'rxjs'
import { isChatStreamError, withDetails } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import type { Message } from './message.js'
import { emptyMessage, reduceMessage } from './reduce-message.js'

/** Gives the error that ends a stream what had arrived before it: the message of the first choice, as `partial`. */
export const attachPartial = (): MonoTypeOperatorFunction<ChatEvent> => (source) =>
  new Observable((subscriber) => {
    let message = emptyMessage('')
    return source.subscribe({
      next: (event) => {
        message = reduceMessage(message, event)
        subscriber.next(event)
      },
      error: (error: unknown) => {
        const hasPartial = isChatStreamError(error) && message.parts.length > 0
        subscriber.error(hasPartial ? withDetails(error, { partial: failed(message) }) : error)
      },
      complete: () => subscriber.complete(),
    })
  })

const failed = (message: Message): Message => ({ ...message, state: 'failed' })
