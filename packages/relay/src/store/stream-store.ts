import type { ByteSource } from './byte-source.js'

/** Where streams live that may be read again, and by several readers. */
export interface StreamStore {
  /** Begins a stream. */
  readonly create: (stream: NewStream) => StreamWriter
  /** Nothing if there is no such stream, or none any more. */
  readonly find: (id: string) => Promise<StoredStream | undefined>
  /** Lets go of timers and connections. */
  readonly close: () => Promise<void>
}

export interface NewStream {
  readonly id: string
  /** Who may read and stop it: the `id` of a user. */
  readonly owner: string
  /** Somebody stops it, here or at another instance. */
  readonly onStop: () => void
  /** The last reader of this instance has gone. */
  readonly onUnread: () => void
}

/** What the instance that makes the stream does with it. */
export interface StreamWriter {
  /** Adds one unit: an event, which has the next id, or something between two events. */
  readonly append: (bytes: Uint8Array, endsEvent: boolean) => void
  /** Nothing comes after it: now its time to live begins. */
  readonly finish: () => void
  /** Does anybody read it, here or at another instance? */
  readonly isRead: () => Promise<boolean>
}

export interface StoredStream {
  readonly owner: string
  /**
   * What comes after the event with this id (0: all of it), and what is still to come. Its `read` rejects with a
   * `StreamLostError`, after all that was stored, if the instance that made the stream has died.
   */
  readonly read: (after: number) => ByteSource
  /** Has the answer ended upstream; resolves when the order is on its way. */
  readonly stop: () => Promise<void>
}

/** The instance that made the stream died before its end. */
export class StreamLostError extends Error {
  override readonly name = 'StreamLostError'
}
