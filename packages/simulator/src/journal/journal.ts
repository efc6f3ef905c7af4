import type { IncomingHttpHeaders } from 'node:http'

/**
 * How far an answer came. A client that leaves early leaves the phase where it was; only an answer whose body the
 * server ended is `ended`.
 */
export type Phase = 'before-headers' | 'headers-sent' | 'streaming' | 'done-sent' | 'ended'

/** What the simulator knows of one request. It is live: the fields change while the answer goes on. */
export interface JournalEntry {
  /** The value of the response header `x-request-id`. */
  readonly id: string
  readonly method: string
  /** The path as received, with its query. */
  readonly path: string
  /** The headers as received, `authorization` included. */
  readonly headers: IncomingHttpHeaders
  /** The parsed JSON; the text where it is no JSON; undefined until it was received whole. */
  readonly body: unknown
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  /** The HTTP status; undefined until the headers were sent. */
  readonly status: number | undefined
  /** The names of the faults that were applied. */
  readonly faults: readonly string[]
  readonly phase: Phase
  /** Bytes of the body that were handed to the socket. */
  readonly bytesWritten: number
  /** Server-sent events that were written whole, `[DONE]` included, comments not. */
  readonly eventsWritten: number
  /** How often the socket's buffer was full, so that the simulator had to wait for the client to read. */
  readonly writesBlocked: number
  /** Milliseconds spent waiting for the client to read; the wait that goes on now is not in it. */
  readonly writableBlockedMs: number
  /** Milliseconds since the epoch; undefined while the answer goes on. */
  readonly endedAt: number | undefined
  /** Who ended the answer; undefined while it goes on. */
  readonly closedBy: 'server' | 'client' | undefined
  /** Resolves with this entry when the answer is over, whoever ended it. Never rejects. */
  readonly closed: Promise<JournalEntry>
}

/** What arrived at the simulator, when, how far its answer came, and who closed the connection. */
export interface Journal {
  /** All requests since the start or the last `clear()`, in the order of arrival. */
  readonly entries: readonly JournalEntry[]
  /**
   * Resolves with the first entry that matches, at once or as soon as a change makes one match.
   *
   * Rejects after `timeoutMs` (5000 if not given), or when the simulator closes.
   *
   * @example
   * ```ts
   * import { startSimulator } from '@chatstream/simulator'
   *
   * const simulator = await startSimulator()
   * const entry = await simulator.journal.waitFor((entry) => entry.closedBy === 'client')
   * ```
   */
  waitFor(
    predicate: (entry: JournalEntry) => boolean,
    options?: { timeoutMs?: number },
  ): Promise<JournalEntry>
  /** Forgets all entries. Answers that go on are no longer seen by `entries` and `waitFor`. */
  clear(): void
}
