import type { MonoTypeOperatorFunction } from 'rxjs'
import { isChatStreamError, withDetails } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import type { Message } from './message.js'
import { emptyMessage, reduceMessage } from './reduce-message.js'

/** Gives the error that ends a stream what had arrived before it: the message of the first choice, as `partial`. */
export const attachPartial = (): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let message = emptyMessage('')
    return {
      next(event) {
        message = reduceMessage(message, event)
        subscriber.next(event)
      },
      error(error) {
        const partial: Message = { ...message, state: 'failed' }
        const hasPartial = isChatStreamError(error) && partial.parts.length > 0
        subscriber.error(hasPartial ? withDetails(error, { partial }) : error)
      },
    }
  })
