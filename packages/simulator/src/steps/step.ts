import type { CompletionChunk } from './completion-chunk.js'

/**
 * One thing that the server does to a connection. An answer is a sequence of steps; a fault rewrites the sequence.
 */
export type Step = HeadersStep | WriteStep | WaitStep | ResetStep

/** Sends the status line and the headers. Every answer has exactly one, before its first write. */
export interface HeadersStep {
  readonly do: 'headers'
  readonly status: number
  /** Undefined takes away a header that answers have otherwise. */
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** Writes to the body; each write reaches the socket by itself. */
export interface WriteStep {
  readonly do: 'write'
  readonly data: string | Uint8Array
  /** What the data is, so that a fault can find it. A `fragment` is a piece of something bigger. */
  readonly part: 'chunk' | 'done' | 'cost' | 'comment' | 'body' | 'fragment'
  /** The object inside the data, when it is a chunk of the answer. */
  readonly chunk?: CompletionChunk
  /** Tokens of the answer that this write carries. */
  readonly tokens: number
  /** Server-sent events that this write completes. */
  readonly events: number
}

/** Does nothing for a time; `ms: Infinity` waits until the client leaves. */
interface WaitStep {
  readonly do: 'wait'
  readonly ms: number
}

/** Resets the connection (TCP RST). Nothing comes after it. */
interface ResetStep {
  readonly do: 'reset'
}
