import type { StreamLog } from '../store/create-stream-log.js'
import { toFields } from './entries.js'
import type { RedisClient } from './redis-store-options.js'

/** The end of one entry: which bytes, and which events, it has. */
interface Mark {
  readonly to: number
  readonly events: number
}

export interface WriteBehind {
  /** There is more to write. */
  readonly flush: () => void
  /** Redis was away: what it had may be gone. */
  readonly check: () => void
  /** Resolves when all is written, for now. */
  readonly written: () => Promise<void>
}

/**
 * Writes a log into a Redis stream, behind the readers of this instance. One entry is under way at a time, with all that
 * has come meanwhile in the next one; so many tokens cost few commands. The entries are numbered, so that one that is
 * written twice counts once, and have the same limits whenever they are written, so that a reader can go on.
 */
export function createWriteBehind(
  client: RedisClient,
  key: string,
  head: Readonly<Record<string, string>>,
  log: StreamLog,
  { ttlMs, onError }: { readonly ttlMs: number; readonly onError: (error: unknown) => void },
): WriteBehind {
  const marks: Mark[] = []
  /** How many entries Redis has: the head, the pieces, and the end. */
  let acknowledged = 0
  let isEndWritten = false
  let mustCheck = false
  let hasNews = false
  let running: Promise<void> | undefined

  const write = async (number: number, fields: Record<string, string | Buffer>): Promise<void> => {
    // Behind a head that is gone nothing is written: a reader would take it for the next entry.
    const add = number > 1 ? client.xAddNoMkStream : client.xAdd
    const added = add.call(client, key, `${number}-0`, fields).catch((error: unknown) => {
      // It was written, but the connection broke before Redis could say so.
      if (!/equal or smaller/.test(String(error))) throw error
      return key
    })
    const [id] = await Promise.all([added, client.pExpire(key, ttlMs)])
    if (id === null) forget()
    else acknowledged = number
  }
  const forget = (): void => {
    acknowledged = 0
    isEndWritten = false
  }

  /** Writes the next entry; tells whether there was one. */
  const step = async (): Promise<boolean> => {
    if (mustCheck) {
      mustCheck = false
      if ((await client.xLen(key)) < acknowledged) {
        await client.del(key)
        forget()
      }
      return true
    }
    if (acknowledged === 0) {
      await write(1, head)
      return true
    }
    const last = marks.at(-1) ?? { to: 0, events: 0 }
    if (acknowledged > marks.length && last.to < log.size()) {
      marks.push({ to: log.size(), events: log.events() })
    }
    const at = acknowledged - 1
    const mark = marks[at]
    if (mark !== undefined) {
      const before = marks[at - 1] ?? { to: 0, events: 0 }
      await write(acknowledged + 1, toFields(log, before.to, mark.to, before.events + 1))
      return true
    }
    if (!log.isFinished() || isEndWritten) return false
    await write(acknowledged + 1, { f: '1' })
    isEndWritten = acknowledged > 0
    return true
  }

  const run = async (): Promise<void> => {
    try {
      do {
        hasNews = false
        while (await step());
      } while (hasNews)
    } catch (error) {
      onError(error) // it is written when Redis is there again
    } finally {
      running = undefined
    }
  }
  const flush = (): void => {
    hasNews = true
    running ??= Promise.resolve().then(run)
  }

  return {
    flush,
    check() {
      mustCheck = true
      flush()
    },
    async written() {
      await running
    },
  }
}
