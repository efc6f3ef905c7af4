import type { ByteSource } from './byte-source.js'
import type { StreamLog } from './create-stream-log.js'

/** A late reader gets what it missed in pieces of about this many bytes: a socket that takes nothing holds no more. */
const PIECE_BYTES = 65_536

/** Reads what comes after an event, also if that event is not there yet; then what is added, until it is finished. */
export function readLog(log: StreamLog, after: number, onCancel: () => void): ByteSource {
  let offset: number | undefined
  let event = after
  let isCancelled = false
  let wake = (): void => {}
  const unlisten = log.listen(() => wake())

  /** Where the next piece ends: an event is never cut. */
  const nextEnd = (from: number): number => {
    if (log.size() - from <= PIECE_BYTES) return log.size()
    while (event <= log.events() && log.endOf(event) <= from) event++
    while (event < log.events() && log.endOf(event + 1) - from <= PIECE_BYTES) event++
    return log.endOf(event)
  }

  return {
    async read() {
      while (!isCancelled) {
        if (offset === undefined && log.events() >= after) offset = log.endOf(after)
        if (offset !== undefined && offset < log.size()) {
          const bytes = log.slice(offset, nextEnd(offset))
          offset += bytes.length
          return bytes
        }
        if (log.isFinished()) {
          const failure = log.failure()
          if (failure !== undefined) throw failure
          break
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return undefined
    },
    cancel() {
      if (isCancelled) return
      isCancelled = true
      unlisten()
      wake()
      onCancel()
    },
  }
}
