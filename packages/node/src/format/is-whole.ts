import { type CompletionChunk, isContent } from '@chatstream/core'
import type { ChunkEvent } from './chunk-event.js'

/** Do these events say all that the chunk says, unchanged? Told by its pieces of content. */
export function isWhole(raw: CompletionChunk, events: readonly ChunkEvent[]): boolean {
  if (events.length === 1 && isToken(raw, events[0])) return true
  const said = events.filter(isContent).map(contentOf)
  const sent = contentsOf(raw)
  return said.length === sent.length && said.every((content, at) => content === sent[at])
}

/** As nearly every chunk is: one choice, and a piece of text in it. */
function isToken({ choices }: CompletionChunk, event: ChunkEvent | undefined): boolean {
  if (event?.type !== 'text-delta' || !Array.isArray(choices) || choices.length !== 1) return false
  const { content, reasoning_content, reasoning, refusal, tool_calls } = choices[0]?.delta ?? {}
  return content === event.text && !reasoning_content && !reasoning && !refusal && !tool_calls
}

/** Stands for a call: which of a call's fields are its event's is for the core to say. */
const CALL = Symbol('call')

const contentOf = (event: ChunkEvent): string | typeof CALL => ('text' in event ? event.text : CALL)

/** The pieces of content in a chunk, in the order of their events. */
function contentsOf({ choices }: CompletionChunk): unknown[] {
  const contents: unknown[] = []
  const add = (text: unknown): void => {
    if (typeof text === 'string' && text !== '') contents.push(text)
  }
  const addContent = (content: unknown): void => {
    if (!Array.isArray(content)) add(content)
    for (const part of (Array.isArray(content) ? content : []) as Record<string, unknown>[]) {
      add(part?.['text'])
      for (const thought of [part?.['thinking']].flat())
        add(typeof thought === 'object' ? (thought as Record<string, unknown> | null)?.['text'] : thought)
    }
  }
  if (!Array.isArray(choices)) return contents
  for (const choice of choices as Record<string, unknown>[]) {
    const delta = choice?.['delta'] as Record<string, unknown> | null | undefined
    if (typeof delta !== 'object' || delta === null) continue
    add(delta['reasoning_content'] || delta['reasoning'])
    addContent(delta['content'])
    add(delta['refusal'])
    if (Array.isArray(delta['tool_calls'])) contents.push(...delta['tool_calls'].map(() => CALL))
  }
  return contents
}
