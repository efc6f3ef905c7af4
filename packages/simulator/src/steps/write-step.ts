import type { CompletionChunk } from './completion-chunk.js'
import type { WriteStep } from './step.js'

/** Makes the write of one chunk: `data: {…}` and a blank line. */
export function chunkStep(chunk: CompletionChunk, tokens = 0): WriteStep {
  return { ...eventStep(chunk), chunk, tokens }
}

/** Makes the write of any JSON value as one event. */
export function eventStep(value: unknown): WriteStep {
  return { do: 'write', part: 'chunk', data: `data: ${JSON.stringify(value)}\n\n`, tokens: 0, events: 1 }
}

/** Makes the write of one comment, which is no event. */
export function commentStep(text: string): WriteStep {
  return { do: 'write', part: 'comment', data: `: ${text}\n\n`, tokens: 0, events: 0 }
}

/** Makes a write of text as it stands. */
export function textStep(data: string, part: WriteStep['part'] = 'body'): WriteStep {
  return { do: 'write', part, data, tokens: 0, events: 0 }
}
