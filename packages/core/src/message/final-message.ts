import type { Observable } from 'rxjs'
import type { ChatEvent } from '../event/chat-event.js'
import { type AccumulateOptions, accumulateMessage } from './accumulate-message.js'
import type { Message } from './message.js'

/**
 * The whole message, once the stream is over, its cost included. Rejects with the stream's error, whose `partial` is what
 * had arrived; resolves with an `aborted` message if the stream was cancelled.
 *
 * @example
 * ```ts
 * import { createChatClient, finalMessage } from '@chatstream/core'
 *
 * const client = createChatClient({ apiKey: 'KEY' })
 * const messages = [{ role: 'user', content: 'Hello' }] as const
 * const message = await finalMessage(client.stream({ model: 'deepseek-chat', messages }))
 * console.log(message.parts, message.cost?.cost)
 * ```
 */
export const finalMessage = (stream$: Observable<ChatEvent>, options?: AccumulateOptions): Promise<Message> =>
  new Promise((resolve, reject) => {
    let message: Message
    stream$.pipe(accumulateMessage(options)).subscribe({
      next: (next) => {
        message = next
      },
      error: reject,
      complete: () => resolve(message),
    })
  })
