import type { CompletionChunk } from '../chunk/completion-chunk.js'
import { isRecord } from '../errors/is-record.js'

/** Token counts, under the names of the wire. */
export interface Usage {
  readonly prompt_tokens?: number
  readonly completion_tokens?: number
  readonly total_tokens?: number
  readonly [field: string]: unknown
}

/** The usage in a chunk: at top level, in a choice, or under a vendor's key such as `x_groq`. */
export function usageOf(chunk: CompletionChunk): Usage | undefined {
  const vendors = Object.keys(chunk).filter((field) => field.startsWith('x_'))
  const holders: unknown[] = [chunk, chunk.choices, vendors.map((field) => chunk[field])].flat()
  return holders
    .filter(isRecord)
    .map(({ usage }) => usage)
    .find(isRecord)
}
