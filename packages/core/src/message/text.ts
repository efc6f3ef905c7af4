import type { OperatorFunction } from 'rxjs'
import type { ChatEvent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'

const deltasOf = (
  type: 'text-delta' | 'reasoning-delta',
  choice: number,
): OperatorFunction<ChatEvent, string> =>
  operatorOf((subscriber) => ({
    next(event) {
      if (event.type === type && event.index === choice) subscriber.next(event.text)
    },
  }))

/**
 * Only the answer's text, piece by piece, of one choice.
 *
 * @example
 * ```ts
 * import { createChatClient, text } from '@chatstream/core'
 *
 * createChatClient({ apiKey: 'KEY' })
 *   .stream({ model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] })
 *   .pipe(text())
 *   .subscribe((piece) => console.log(piece))
 * ```
 */
export const text = (choice = 0): OperatorFunction<ChatEvent, string> => deltasOf('text-delta', choice)

/** Only the reasoning of a thinking model, piece by piece, of one choice. */
export const reasoning = (choice = 0): OperatorFunction<ChatEvent, string> =>
  deltasOf('reasoning-delta', choice)
