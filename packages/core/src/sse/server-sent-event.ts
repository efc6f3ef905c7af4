/** An event of the stream, as the specification dispatches it. */
export interface SseEvent {
  /** The `event` field; `message` if there was none. */
  readonly event: string
  /** The `data` fields, joined by newlines. */
  readonly data: string
  /** The last `id` seen so far in the stream; empty before the first. */
  readonly id: string
  /** The body ended inside this event. The specification would drop it; here it is handed on, and marked. */
  readonly unfinished?: true
}

/** A comment line, which the specification ignores: the text after the colon, less one leading space. */
export interface SseComment {
  readonly comment: string
}

export type ServerSentEvent = SseEvent | SseComment

export const isComment = (event: ServerSentEvent): event is SseComment => 'comment' in event
