/**
 * One parsed `data:` object of the stream, as it was sent. Nothing in it is certain: servers leave out, null and add
 * fields, so every reader checks what it takes.
 *
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export interface CompletionChunk {
  readonly id?: unknown
  readonly model?: unknown
  readonly choices?: unknown
  readonly usage?: unknown
  readonly error?: unknown
  readonly [field: string]: unknown
}
