/** The bytes of an event stream, taken when they are wanted. */
export interface ByteSource {
  /** The next bytes, always whole events and comments; nothing at the end. Rejects if the line is to break. */
  readonly read: () => Promise<Uint8Array | undefined>
  /** Whoever read has gone. May be called more than once. */
  readonly cancel: () => void
}
