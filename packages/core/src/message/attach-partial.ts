import type { MonoTypeOperatorFunction } from 'rxjs'
import { isChatStreamError, withDetails } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import type { Message, MessagePart } from './message.js'
import { reduceParts } from './reduce-parts.js'

/** Gives the error that ends a stream what had arrived before it: the message of the first choice, as `partial`. */
export const attachPartial = (): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let parts: readonly MessagePart[] = []
    return {
      next(event) {
        parts = reduceParts(parts, event)
        subscriber.next(event)
      },
      error(error) {
        const partial: Message = { id: '', role: 'assistant', parts, state: 'failed' }
        const hasPartial = isChatStreamError(error) && parts.length > 0
        subscriber.error(hasPartial ? withDetails(error, { partial }) : error)
      },
    }
  })
