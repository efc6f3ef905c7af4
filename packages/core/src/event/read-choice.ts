import type { CompletionChunk } from '../chunk/completion-chunk.js'
import { isRecord } from '../errors/is-record.js'
import { tooLarge } from '../errors/too-large.js'
import type { ChatEvent } from './chat-event.js'
import { createToolCallReader, type ToolCallReader } from './read-tool-calls.js'

export interface ChoiceReader {
  /** Tells whether it carried text, and no end: so it is with nearly every chunk. */
  readonly read: (choice: Readonly<Record<string, unknown>>, raw: CompletionChunk) => boolean
  readonly isFinished: () => boolean
}

/** More parts than an answer has: each costs a copy of the list of all before it, so a server must not send them without end. */
const MAX_PARTS = 10_000

/**
 * Reads what the chunks say of one choice. Throws `too-large` if the answer changes ten thousand times between text,
 * reasoning and tool calls.
 */
export function createChoiceReader(index: number, emit: (event: ChatEvent) => void): ChoiceReader {
  let readToolCalls: ToolCallReader | undefined
  let finished = false
  let isToken = false
  let kind: ChatEvent['type'] | undefined
  let parts = 0

  const readText = (
    type: 'text-delta' | 'reasoning-delta' | 'refusal-delta',
    text: unknown,
    raw: CompletionChunk,
  ): void => {
    if (!isText(text)) return
    if (kind !== type && ++parts > MAX_PARTS) {
      throw tooLarge('An answer', MAX_PARTS, 'parts')
    }
    kind = type
    isToken = true
    emit({ type, index, text, raw })
  }

  /** A string; or, at some providers, a list of `text` and `thinking` parts. */
  const readContent = (content: unknown, raw: CompletionChunk): void => {
    if (Array.isArray(content)) {
      for (const part of content.filter(isRecord)) {
        readText('text-delta', part['text'], raw)
        for (const thought of [part['thinking']].flat()) {
          readText('reasoning-delta', isRecord(thought) ? thought['text'] : thought, raw)
        }
      }
    } else readText('text-delta', content, raw)
  }

  return {
    isFinished: () => finished,
    read({ delta, finish_reason: finishReason }, raw) {
      isToken = false
      if (isRecord(delta)) {
        // One or the other: a server that sends both sends the same text twice.
        const reasoning = delta['reasoning_content']
        readText('reasoning-delta', isText(reasoning) ? reasoning : delta['reasoning'], raw)
        readContent(delta['content'], raw)
        readText('refusal-delta', delta['refusal'], raw)
        if (Array.isArray(delta['tool_calls'])) {
          kind = undefined
          readToolCalls ??= createToolCallReader(index, emit)
          readToolCalls(delta['tool_calls'], raw)
        }
      }
      if (!isText(finishReason)) return isToken
      // `error` comes with an error frame, which says more.
      if (finishReason !== 'error' && !finished) {
        finished = true
        emit({ type: 'choice-end', index, finishReason, raw })
      }
      return false
    },
  }
}

/** Empty strings carry nothing; white space does. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0
