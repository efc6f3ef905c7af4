import type { ByteSource } from '../store/byte-source.js'

const HEARTBEAT: Uint8Array = new TextEncoder().encode(': keep-alive\n\n')

/**
 * A comment whenever nothing else has come for so long, in milliseconds, so that no proxy takes the line for dead. Between
 * two events only, and only if it is read.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#authoring-notes
 */
export function withHeartbeat(source: ByteSource, heartbeatMs: number): ByteSource {
  if (heartbeatMs === Number.POSITIVE_INFINITY) return source
  let pending: Promise<Uint8Array | undefined> | undefined
  let isReady = false
  let wake = (): void => {}
  let hasBeaten = false
  let isFirst = true

  /** The byte order mark is one at the very start only: behind a heartbeat it would be part of a name. */
  const unmarked = (bytes: Uint8Array): Uint8Array =>
    hasBeaten && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

  return {
    async read() {
      if (pending === undefined) {
        pending = source.read()
        const settle = (): void => {
          isReady = true
          wake()
        }
        pending.then(settle, settle)
      }
      const isDue =
        !isReady &&
        (await new Promise<boolean>((resolve) => {
          const timer = setTimeout(() => resolve(true), heartbeatMs)
          wake = () => {
            clearTimeout(timer)
            resolve(false)
          }
        }))
      if (isDue) {
        hasBeaten = true
        return HEARTBEAT
      }
      const bytes = await pending
      pending = undefined
      isReady = false
      if (bytes === undefined || !isFirst) return bytes
      isFirst = false
      return unmarked(bytes)
    },
    cancel: source.cancel,
  }
}
