import type { Demand } from '@chatstream/core'

/** Text on its way out: gathered, written once a turn, and held while the outlet is full. */
export interface Outflow {
  readonly add: (text: string) => void
  /** Writes what was gathered, if the outlet is not full. */
  readonly flush: () => void
  /** Does the outlet want more? To be asked by the source before it reads on. */
  readonly demand: Demand
  readonly isFull: () => boolean
  /** The outlet takes more again. */
  readonly drained: () => void
  /** Calls back once all has been written. */
  readonly whenEmpty: (callback: () => void) => void
  /** Drops what is left, and lets everybody go who waits. */
  readonly close: () => void
}

export interface OutflowOptions {
  /** Hands text to the outlet; tells whether it wants more. */
  readonly write: (text: string) => boolean
  /** Text that is held back by whoever makes it, asked for right before it is written. */
  readonly collect: () => string
  readonly maxBufferedBytes: number
  readonly onOverflow: () => void
}

/** More than that is not gathered, even if it comes in one turn. */
const BATCH = 65_536

export function createOutflow({ write, collect, maxBufferedBytes, onOverflow }: OutflowOptions): Outflow {
  let pending = ''
  /** Counted only while the outlet is full: else it is written before it could grow. */
  let pendingBytes = 0
  let isFull = false
  let isClosed = false
  let isScheduled = false
  let wanted: Promise<void> | undefined
  let letGo = (): void => {}
  let onEmpty: (() => void) | undefined

  const writePending = (): void => {
    const text = pending
    pending = ''
    pendingBytes = 0
    if (text !== '') isFull = !write(text)
  }

  const flush = (): void => {
    isScheduled = false
    if (isFull || isClosed) return
    pending += collect()
    writePending()
    if (onEmpty === undefined) return
    const callback = onEmpty
    onEmpty = undefined
    callback()
  }

  const release = (): void => {
    wanted = undefined
    letGo()
  }

  return {
    flush,
    isFull: () => isFull,
    add(text) {
      if (isClosed) return
      pending += text
      if (isFull) {
        pendingBytes += Buffer.byteLength(text)
        if (pendingBytes > maxBufferedBytes) onOverflow()
      } else if (pending.length >= BATCH) {
        writePending()
      } else if (!isScheduled) {
        isScheduled = true
        queueMicrotask(flush)
      }
    },
    demand() {
      flush()
      if (!isFull || isClosed) return undefined
      wanted ??= new Promise((resolve) => {
        letGo = resolve
      })
      return wanted
    },
    drained() {
      isFull = false
      flush()
      if (!isFull) release()
    },
    whenEmpty(callback) {
      onEmpty = callback
      flush()
    },
    close() {
      isClosed = true
      pending = ''
      onEmpty = undefined
      release()
    },
  }
}
