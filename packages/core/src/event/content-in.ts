import type { CompletionChunk } from '../chunk/completion-chunk.js'
import { isRecord } from '../errors/is-record.js'
import { type ChatEvent, isContent } from './chat-event.js'
import { createChoiceReader } from './read-choice.js'

/**
 * The pieces of content in one chunk, read by itself, in the order in which a stream gives them: for those who write events
 * as chunks again, to see whether anything is missing. To which choice and which call they belong only the stream tells.
 *
 * @example
 * ```ts
 * import { type ChatEvent, type CompletionChunk, contentIn } from '@chatstream/core'
 *
 * const countPieces = (event: ChatEvent) => ('raw' in event ? contentIn(event.raw as CompletionChunk).length : 0)
 * ```
 */
export function contentIn(chunk: CompletionChunk): readonly ChatEvent[] {
  const events: ChatEvent[] = []
  for (const choice of Array.isArray(chunk.choices) ? chunk.choices : []) {
    if (isRecord(choice)) createChoiceReader(0, (event) => events.push(event)).read(choice, chunk)
  }
  return events.filter(isContent)
}
