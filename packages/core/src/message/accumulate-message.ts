import type { OperatorFunction } from 'rxjs'
import { isChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import type { Message } from './message.js'
import { newId } from './new-id.js'
import { emptyMessage, reduceMessage } from './reduce-message.js'

export interface AccumulateOptions {
  /** The id of the message. Default: a random one. */
  readonly id?: string
  /** Which of several choices. Default: 0. */
  readonly choice?: number
}

/**
 * Chat events to the message so far: a new snapshot each time it changes.
 *
 * The last snapshot tells how it ended: `complete`; `failed`, and the error follows; or `aborted`, if the stream was
 * cancelled. The cost, which comes after the answer, makes one more snapshot of the complete message.
 *
 * @example
 * ```ts
 * import { accumulateMessage, createChatClient } from '@chatstream/core'
 *
 * createChatClient({ apiKey: 'KEY' })
 *   .stream({ model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] })
 *   .pipe(accumulateMessage())
 *   .subscribe((message) => console.log(message.state, message.parts))
 * ```
 */
export const accumulateMessage = (options: AccumulateOptions = {}): OperatorFunction<ChatEvent, Message> =>
  operatorOf((subscriber) => {
    let message = emptyMessage(options.id ?? newId())
    const publish = (next: Message): void => {
      if (next === message) return
      message = next
      subscriber.next(message)
    }
    return {
      next: (event) => publish(reduceMessage(message, event, options.choice)),
      error(error) {
        publish({ ...message, state: 'failed', ...(isChatStreamError(error) && { error: error.toJSON() }) })
        subscriber.error(error)
      },
      complete() {
        if (message.state === 'streaming') publish({ ...message, state: 'aborted' })
        subscriber.complete()
      },
    }
  })
