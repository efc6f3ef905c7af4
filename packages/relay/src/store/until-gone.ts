import type { ByteSource } from './byte-source.js'

/** Lets go of the source when the client has gone, should whoever reads it not say so. */
export function untilGone(source: ByteSource, gone: AbortSignal): ByteSource {
  if (gone.aborted) source.cancel()
  gone.addEventListener('abort', source.cancel)
  return source
}
