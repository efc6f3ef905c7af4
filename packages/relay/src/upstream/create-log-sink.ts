import type { NewStream, StreamStore, StreamWriter } from '../store/stream-store.js'
import { listUnits } from '../wire/units.js'
import { withEventId } from '../wire/with-event-id.js'
import type { AnswerSink } from './answer-sink.js'

export interface LogSink extends AnswerSink {
  /** Does anybody read it, at any instance? */
  readonly isRead: () => Promise<boolean>
}

/** Into the store, with an id for each event. It takes all that comes: its readers read from the store. */
export function createLogSink(
  store: StreamStore,
  stream: NewStream,
  { maxBytes, onTooLarge }: { readonly maxBytes: number; readonly onTooLarge: () => void },
): LogSink {
  let writer: StreamWriter | undefined
  let events = 0
  let bytesWritten = 0
  let isFinished = false

  const append = (bytes: Uint8Array, endsEvent: boolean): void => {
    if (isFinished) return
    writer?.append(bytes, endsEvent)
    bytesWritten += bytes.length
    if (bytesWritten > maxBytes) onTooLarge()
  }
  const finish = (): void => {
    if (isFinished) return
    isFinished = true
    writer?.finish()
  }

  return {
    isResumable: true,
    room: () => undefined,
    open() {
      writer ??= store.create(stream)
    },
    units(units) {
      for (const unit of listUnits(units)) {
        if (unit.idAt === undefined) append(unit.bytes, false)
        else append(withEventId(unit, ++events), true)
      }
    },
    end(rest) {
      if (rest !== undefined && rest.length > 0) append(rest, false)
      finish()
    },
    break: finish,
    isRead: async () => (await writer?.isRead()) ?? false,
  }
}
