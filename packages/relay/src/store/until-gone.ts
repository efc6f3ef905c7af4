import type { ByteSource } from './byte-source.js'

/**
 * Lets go of the source when the client has gone, should whoever reads it not say so. At its end it lets go of the signal,
 * which may live on for long.
 */
export function untilGone(source: ByteSource, gone: AbortSignal): ByteSource {
  if (gone.aborted) source.cancel()
  gone.addEventListener('abort', source.cancel)
  const end = (): void => gone.removeEventListener('abort', source.cancel)
  return {
    async read() {
      try {
        const bytes = await source.read()
        if (bytes === undefined) end()
        return bytes
      } catch (error) {
        end()
        throw error
      }
    },
    cancel() {
      end()
      source.cancel()
    },
  }
}
