import { Writable } from 'node:stream'

/** A writable that takes nothing until it is told to. */
export interface HeldSink {
  readonly writable: Writable
  /** What it has taken. */
  readonly text: () => string
  /** Lets one write through that waits; tells whether there was one. */
  readonly release: () => boolean
  /** Holds nothing back any more. */
  readonly open: () => void
}

export function createHeldSink(highWaterMark = 16_384): HeldSink {
  const taken: string[] = []
  let waiting: (() => void) | undefined
  let isOpen = false
  const release = (): boolean => {
    const take = waiting
    waiting = undefined
    take?.()
    return take !== undefined
  }
  const writable = new Writable({
    highWaterMark,
    write(chunk: Buffer, _encoding, callback) {
      waiting = () => {
        taken.push(chunk.toString())
        callback()
      }
      if (isOpen) release()
    },
  })
  return {
    writable,
    text: () => taken.join(''),
    release,
    open() {
      isOpen = true
      release()
    },
  }
}
