/** The ways in which Node says that nobody reads any more. Whoever has enough is no error. */
const codes: ReadonlySet<unknown> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNABORTED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_HTTP2_INVALID_STREAM',
  'ERR_HTTP2_STREAM_CANCEL',
  'ERR_HTTP2_STREAM_ERROR',
])

export const isReaderGone = (error: unknown): boolean =>
  error instanceof Error && codes.has((error as NodeJS.ErrnoException).code)
