/** The bytes of one stream from its beginning, and where each event ends. Bytes that are in it never change. */
export interface StreamLog {
  readonly size: () => number
  /** How many events there are: they have the ids from 1 on. */
  readonly events: () => number
  readonly isFinished: () => boolean
  /** Why it ended before its end, if it did. */
  readonly failure: () => Error | undefined
  readonly append: (bytes: Uint8Array, endsEvent: boolean) => void
  readonly finish: (failure?: Error) => void
  /** Where the event with this id ends; where the stream begins, for 0. */
  readonly endOf: (event: number) => number
  readonly slice: (from: number, to?: number) => Uint8Array
  /** Calls back whenever it has grown or is finished; returns what ends that. */
  readonly listen: (listener: () => void) => () => void
}

export function createStreamLog(): StreamLog {
  let bytes = new Uint8Array(1024)
  let size = 0
  let isFinished = false
  let failure: Error | undefined
  const ends: number[] = [0]
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }

  return {
    size: () => size,
    events: () => ends.length - 1,
    isFinished: () => isFinished,
    failure: () => failure,
    append(more, endsEvent) {
      if (size + more.length > bytes.length) {
        const larger = new Uint8Array(Math.max(size + more.length, bytes.length * 2))
        larger.set(bytes.subarray(0, size))
        bytes = larger
      }
      bytes.set(more, size)
      size += more.length
      if (endsEvent) ends.push(size)
      tell()
    },
    finish(why) {
      if (isFinished) return
      isFinished = true
      failure = why
      tell()
    },
    endOf: (event) => ends[event] ?? size,
    slice: (from, to = size) => bytes.subarray(from, to),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
