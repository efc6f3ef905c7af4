import type { StreamLog } from '../store/create-stream-log.js'
import type { NewStream } from '../store/stream-store.js'
import type { WriteBehind } from './create-write-behind.js'

/** A stream that this instance makes. */
export interface LocalStream extends NewStream {
  readonly log: StreamLog
  readonly writing: WriteBehind
  readers: number
}
