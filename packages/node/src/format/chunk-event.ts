import type { ChatEvent, CompletionChunk } from '@chatstream/core'

/** An event that was made from a chunk. */
export type ChunkEvent = Extract<ChatEvent, { readonly raw: CompletionChunk }>

/** A cost has whatever fields the provider sends, so its type is looked at as well. */
export const isChunkEvent = (event: ChatEvent): event is ChunkEvent => 'raw' in event && event.type !== 'cost'
