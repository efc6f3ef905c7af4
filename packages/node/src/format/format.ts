/**
 * How values become text. One object serves one stream, since it may remember what came before; `createSseFormat` and its
 * like make one, and what they make may be spread into one of your own.
 *
 * @example
 * ```ts
 * import { createSseFormat, type Format } from '@chatstream/node'
 * import type { ChatEvent } from '@chatstream/core'
 *
 * /** Sends the comments of the provider to nobody. *\/
 * export const withoutComments = (): Format<ChatEvent> => {
 *   const sse = createSseFormat()
 *   return { ...sse, write: (event) => (event.type === 'comment' ? '' : sse.write(event)) }
 * }
 * ```
 */
export interface Format<T> {
  /** Headers of a response that has none of these names yet. */
  readonly headers: Readonly<Record<string, string>>
  /** The text of a value; empty for none. What it throws is an error of the stream. */
  readonly write: (value: T) => string
  /** The text that was held back, at the latest possible moment: all that came in one turn has been written. */
  readonly flush?: () => string
  /** What the text ends with. */
  readonly end?: () => string
  /** How an error is told within the text; without it the text cannot tell one, and the writable is destroyed. */
  readonly fail?: (error: unknown) => string
  /** What keeps an idle line alive. */
  readonly heartbeat?: string
}
