import { createStreamLog, type StreamLog } from './create-stream-log.js'
import { readLog } from './read-log.js'
import type { NewStream, StreamStore } from './stream-store.js'

export interface MemoryStoreOptions {
  /** How long a stream can be read after its end, in milliseconds. Default: 300 000. */
  readonly ttlMs?: number
  /** How much all streams together may hold, in bytes: above it the oldest that have ended go first. Default: 256 MiB. */
  readonly maxBytes?: number
}

interface Entry {
  readonly owner: string
  readonly log: StreamLog
  readonly stop: () => void
  readonly tellUnread: () => void
  readers: number
  expiry?: NodeJS.Timeout
}

/**
 * Keeps streams in the memory of this process: for one instance, or as long as a client comes back to the same one.
 *
 * @example
 * ```ts
 * import { createMemoryStore, createRelay } from '@chatstream/relay'
 *
 * const relay = createRelay({
 *   apiKey: 'KEY',
 *   authorize: () => ({ id: 'anyone' }),
 *   store: createMemoryStore({ ttlMs: 60_000 }),
 * })
 * ```
 */
export function createMemoryStore({
  ttlMs = 300_000,
  maxBytes = 256 * 2 ** 20,
}: MemoryStoreOptions = {}): StreamStore {
  const entries = new Map<string, Entry>()
  let bytesHeld = 0

  const forget = (id: string): void => {
    const entry = entries.get(id)
    clearTimeout(entry?.expiry)
    entries.delete(id)
    bytesHeld -= entry?.log.size() ?? 0
  }
  const makeRoom = (): void => {
    for (const [id, { log }] of entries) {
      if (bytesHeld <= maxBytes) return
      if (log.isFinished()) forget(id)
    }
  }

  return {
    create({ id, owner, onStop, onUnread }: NewStream) {
      const log = createStreamLog()
      const entry: Entry = { owner, log, stop: onStop, tellUnread: onUnread, readers: 0 }
      entries.set(id, entry)
      return {
        append(bytes, endsEvent) {
          log.append(bytes, endsEvent)
          bytesHeld += bytes.length
          if (bytesHeld > maxBytes) makeRoom()
        },
        finish() {
          log.finish()
          entry.expiry = setTimeout(() => forget(id), ttlMs).unref()
        },
        isRead: async () => entry.readers > 0,
      }
    },
    async find(id) {
      const entry = entries.get(id)
      if (entry === undefined) return undefined
      const { owner, log, stop } = entry
      return {
        owner,
        read(after) {
          entry.readers++
          return readLog(log, after, () => {
            if (--entry.readers === 0 && !log.isFinished()) entry.tellUnread()
          })
        },
        async stop() {
          if (!log.isFinished()) stop()
        },
      }
    },
    async close() {
      for (const id of [...entries.keys()]) forget(id)
    },
  }
}
