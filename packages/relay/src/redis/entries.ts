import type { StreamLog } from '../store/create-stream-log.js'

/** The fields of an entry of a Redis stream, with buffers for values. */
export type Fields = Readonly<Record<string, Buffer | undefined>>

/** A piece of a log: the bytes from one offset to another, and where events end in it. */
export function toFields(
  log: StreamLog,
  from: number,
  to: number,
  firstEvent: number,
): Record<string, string | Buffer> {
  const ends: number[] = []
  for (let event = firstEvent; event <= log.events() && log.endOf(event) <= to; event++) {
    ends.push(log.endOf(event) - from)
  }
  return { b: Buffer.from(log.slice(from, to)), e: ends.join(',') }
}

/** The same piece, added to another log. */
export function addFields(log: StreamLog, { b = Buffer.alloc(0), e }: Fields): void {
  let start = 0
  for (const end of (e?.toString() ?? '').split(',').filter(Boolean).map(Number)) {
    log.append(b.subarray(start, end), true)
    start = end
  }
  if (start < b.length) log.append(b.subarray(start), false)
}
