import type { MonoTypeOperatorFunction } from 'rxjs'
import { isChatStreamError, withDetails } from '../errors/chat-stream-error.js'
import type { ChatEvent, TextDelta } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import type { Message, MessagePart } from './message.js'
import { reduceParts } from './reduce-parts.js'

/** Gives the error that ends a stream what had arrived before it: the message of the first choice, as `partial`. */
export const attachPartial = (): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let parts: readonly MessagePart[] = []
    // Text that goes on is only noted: few streams fail, and only those need the parts.
    let run: TextDelta | undefined
    let text = ''
    const flush = (): void => {
      if (run !== undefined) parts = reduceParts(parts, { ...run, text })
      run = undefined
    }
    return {
      next(event) {
        if (event.type === 'text-delta' && event.index === run?.index) text += event.text
        else {
          flush()
          if (event.type === 'text-delta') {
            run = event
            text = event.text
          } else parts = reduceParts(parts, event)
        }
        subscriber.next(event)
      },
      error(error) {
        flush()
        const partial: Message = { id: '', role: 'assistant', parts, state: 'failed' }
        const hasPartial = isChatStreamError(error) && parts.length > 0
        subscriber.error(hasPartial ? withDetails(error, { partial }) : error)
      },
    }
  })
