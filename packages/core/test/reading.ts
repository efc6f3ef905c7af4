import type { ChatEvent } from '../src/index.js'
import { createChatClient, emptyMessage, isChatStreamError, reduceMessage } from '../src/index.js'
import { type Collected, settled } from './collect.js'
import { respondWith } from './respond-with.js'
import type { Transcript } from './transcripts.js'

/** Reads a body that comes in these chunks, through the whole client. */
export const readChunks = (
  chunks: readonly Uint8Array[],
  maxEventBytes?: number,
): Promise<Collected<ChatEvent>> =>
  settled(
    createChatClient({
      retry: false,
      fetch: respondWith(chunks),
      ...(maxEventBytes !== undefined && { maxEventBytes }),
    }).stream({ model: 'deepseek-chat', messages: [] }),
  )

/**
 * A reading as text, to be compared with others. The error's `body` is left out: it is what had arrived when the error was
 * found, and so depends on the cuts.
 */
export function transcribe({ values, error, end }: Collected<ChatEvent>): string {
  const { kind, message, status, code, type, raw, partial, retryable } = isChatStreamError(error)
    ? error
    : ({} as never)
  const failure = error !== undefined && {
    name: String(error),
    kind,
    message,
    status,
    code,
    type,
    raw,
    partial,
    retryable,
  }
  return JSON.stringify([values, failure, end], undefined, 1)
}

/** What came of it, in the words of a transcript. */
export function summarize({ values, error, end }: Collected<ChatEvent>): Omit<Transcript, 'body'> {
  const { parts, cost } = values.reduce((message, event) => reduceMessage(message, event), emptyMessage(''))
  const textOf = (type: 'text' | 'reasoning'): string =>
    parts.map((part) => (part.type === type ? part.text : '')).join('')
  const toolCalls = parts.flatMap((part) =>
    part.type === 'tool-call' ? `${part.name}(${part.arguments})` : [],
  )
  const comments = values.filter((event) => event.type === 'comment').length
  const reasoning = textOf('reasoning')
  return {
    text: textOf('text'),
    ...(reasoning !== '' && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
    ...(comments > 0 && { comments }),
    ...(cost !== undefined && { cost: cost.cost }),
    end: isChatStreamError(error) ? error.kind : end,
  }
}
