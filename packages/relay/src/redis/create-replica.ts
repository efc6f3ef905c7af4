import { createStreamLog, type StreamLog } from '../store/create-stream-log.js'
import { StreamLostError } from '../store/stream-store.js'
import { addFields, type Fields } from './entries.js'

/** What this instance knows of a stream that another one makes. */
export interface Replica {
  readonly id: string
  readonly owner: string
  /** The instance that makes it. */
  readonly instance: string
  readonly log: StreamLog
  /** The last entry that was read. */
  readonly cursor: () => string
  /** Entries that it has already are passed over. */
  readonly take: (entry: string, fields: Fields) => void
  /** The instance that makes it is dead. */
  readonly lose: () => void
  readers: number
}

export function createReplica(id: string, owner: string, instance: string): Replica {
  const log = createStreamLog()
  let cursor = '1-0'
  let taken = 1
  return {
    id,
    owner,
    instance,
    log,
    cursor: () => cursor,
    take(entry, fields) {
      const number = Number.parseInt(entry, 10)
      if (number <= taken) return
      taken = number
      cursor = entry
      if (fields['f'] === undefined) addFields(log, fields)
      else log.finish()
    },
    lose: () => log.finish(new StreamLostError('The instance that made this stream is dead.')),
    readers: 0,
  }
}
