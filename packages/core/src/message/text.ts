import { filter, map, type OperatorFunction } from 'rxjs'
import type { ChatEvent, ReasoningDelta, TextDelta } from '../event/chat-event.js'

const deltasOf =
  <Type extends 'text-delta' | 'reasoning-delta'>(
    type: Type,
    choice: number,
  ): OperatorFunction<ChatEvent, string> =>
  (source) =>
    source.pipe(
      filter((event): event is TextDelta | ReasoningDelta => event.type === type && event.index === choice),
      map((event) => event.text),
    )

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
