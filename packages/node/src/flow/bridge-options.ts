/** Of both directions, to a writable and as a readable. */
export interface BridgeOptions {
  /**
   * How much may wait in memory, in bytes, besides what the stream itself holds: it is used where back-pressure cannot
   * reach the source. More is a `too-large` error. Default: 4 MiB.
   */
  readonly maxBufferedBytes?: number
  /** With `sse`: a comment after so many milliseconds in which nothing was written. Default: none. */
  readonly heartbeatMs?: number
}
