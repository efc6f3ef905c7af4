import { type CompletionChunk, isRecord } from '../chunk/completion-chunk.js'

/** Token counts, under the names of the wire. */
export interface Usage {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly total_tokens?: number
  readonly [field: string]: unknown
}

/** The usage in a chunk: at top level, in a choice, or under a vendor's key such as `x_groq`. */
export function usageOf(chunk: CompletionChunk): Usage | undefined {
  if (isRecord(chunk.usage)) return chunk.usage
  if (Array.isArray(chunk.choices)) {
    for (const choice of chunk.choices)
      if (isRecord(choice) && isRecord(choice['usage'])) return choice['usage']
  }
  for (const field in chunk) {
    const vendor = field.startsWith('x_') ? chunk[field] : undefined
    if (isRecord(vendor) && isRecord(vendor['usage'])) return vendor['usage']
  }
  return undefined
}
