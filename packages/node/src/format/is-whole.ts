import { type ChatEvent, type CompletionChunk, contentIn, isContent } from '@chatstream/core'
import type { ChunkEvent } from './chunk-event.js'

/** Do these events say all that the chunk says, unchanged? Told by its pieces of content. */
export function isWhole(raw: CompletionChunk, events: readonly ChunkEvent[]): boolean {
  if (events.length === 1 && isToken(raw, events[0])) return true
  const said = events.filter(isContent).map(contentOf)
  const sent = contentIn(raw).map(contentOf)
  return said.length === sent.length && said.every((content, at) => content === sent[at])
}

/** As nearly every chunk is: one choice, and a piece of text in it. */
function isToken({ choices }: CompletionChunk, event: ChunkEvent | undefined): boolean {
  if (event?.type !== 'text-delta' || !Array.isArray(choices) || choices.length !== 1) return false
  const { content, reasoning_content, reasoning, refusal, tool_calls } = choices[0]?.delta ?? {}
  return content === event.text && !reasoning_content && !reasoning && !refusal && !tool_calls
}

/** Text as it is; of a call only that it is there. */
const contentOf = (event: ChatEvent): unknown => ('text' in event ? event.text : undefined)
