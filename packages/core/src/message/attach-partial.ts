import type { MonoTypeOperatorFunction } from 'rxjs'
import { isChatStreamError, withDetails } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent, type TextDelta } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import type { Message, MessagePart } from './message.js'
import { reduceParts } from './reduce-parts.js'

const MAX_PIECES = 256

/** Gives the error that ends a stream what had arrived before it: the message of the first choice, as `partial`. */
export const attachPartial = (): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let parts: readonly MessagePart[] = []
    // Text that goes on is only noted, and joined now and then: few streams fail, and only those need the parts, but a
    // piece of text that is kept for itself weighs ten times as much in every collection.
    let run: TextDelta | undefined
    let pieces: string[] = []
    const join = (): void => {
      if (run !== undefined) parts = reduceParts(parts, { ...run, text: pieces.join('') })
      pieces = []
    }
    return {
      next(event) {
        if (event.type === run?.type && (event as TextDelta).index === run.index) {
          if (pieces.push((event as TextDelta).text) === MAX_PIECES) join()
        } else {
          join()
          run = isContent(event) && 'text' in event ? (event as TextDelta) : undefined
          if (run === undefined) parts = reduceParts(parts, event)
          else pieces.push(run.text)
        }
        subscriber.next(event)
      },
      error(error) {
        join()
        const partial: Message = { id: '', role: 'assistant', parts, state: 'failed' }
        const hasPartial = isChatStreamError(error) && parts.length > 0
        subscriber.error(hasPartial ? withDetails(error, { partial }) : error)
      },
    }
  })
