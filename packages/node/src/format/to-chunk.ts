import type { CompletionChunk } from '@chatstream/core'
import type { ChunkEvent } from './chunk-event.js'

/** A chunk that says what this event says, and no more; its other fields are those of the chunk it was made from. */
export function toChunk(event: ChunkEvent): CompletionChunk {
  const { choices: _choices, usage: _usage, ...envelope } = event.raw
  if (event.type === 'usage') return { ...envelope, choices: [], usage: event.usage }
  const { index } = event
  if (event.type === 'choice-end')
    return { ...envelope, choices: [{ index, delta: {}, finish_reason: event.finishReason }] }
  return { ...envelope, choices: [{ index, delta: toDelta(event), finish_reason: null }] }
}

type Delta = Extract<ChunkEvent, { readonly type: `${string}-delta` }>

function toDelta(event: Delta): object {
  if (event.type === 'text-delta') return { content: event.text }
  if (event.type === 'reasoning-delta') return { reasoning_content: event.text }
  if (event.type === 'refusal-delta') return { refusal: event.text }
  const { toolIndex, id, name, arguments: text, extra } = event
  const call = { ...extra, index: toolIndex, ...(id !== undefined && { id, type: 'function' }) }
  return {
    tool_calls: [{ ...call, function: { ...(name !== undefined && { name }), arguments: text ?? '' } }],
  }
}
