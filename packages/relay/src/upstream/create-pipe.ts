import type { ByteSource } from '../store/byte-source.js'
import type { AnswerSink } from './answer-sink.js'

/** How much waits for a client that reads more slowly than the upstream writes, in bytes. */
const PIPE_BYTES = 65_536

/**
 * From one upstream to one client: if the client does not read, nothing is read upstream; if it takes nothing for
 * `stallMs`, it counts as gone.
 */
export function createPipe(
  onLeave: () => void,
  stallMs: number,
): { readonly sink: AnswerSink; readonly source: ByteSource } {
  let queue: Uint8Array[] = []
  let queued = 0
  let state: 'open' | 'ended' | 'broken' | 'cancelled' = 'open'
  let wakeReader = (): void => {}
  let wakeWriter = (): void => {}

  const push = (bytes: Uint8Array): void => {
    if (state !== 'open' || bytes.length === 0) return
    queue.push(bytes)
    queued += bytes.length
    wakeReader()
  }
  const become = (next: typeof state): void => {
    if (state !== 'open') return
    state = next
    wakeReader()
    wakeWriter()
  }

  const cancel = (): void => {
    if (state === 'cancelled') return
    const wasOpen = state === 'open'
    become('cancelled')
    state = 'cancelled'
    queue = []
    if (wasOpen) onLeave()
  }

  return {
    sink: {
      isResumable: false,
      open() {},
      room() {
        if (queued < PIPE_BYTES || state !== 'open') return undefined
        return new Promise((resolve) => {
          const stalled = setTimeout(() => cancel(), stallMs)
          wakeWriter = () => {
            clearTimeout(stalled)
            resolve()
          }
        })
      },
      units: ({ bytes }) => push(bytes),
      end(rest = new Uint8Array()) {
        push(rest)
        become('ended')
      },
      break: () => become('broken'),
    },
    source: {
      async read() {
        while (queue.length === 0) {
          if (state === 'broken') throw new Error('The connection to the provider broke.')
          if (state !== 'open') return undefined
          await new Promise<void>((resolve) => {
            wakeReader = resolve
          })
        }
        const bytes = queue.length === 1 ? queue[0] : Buffer.concat(queue)
        queue = []
        queued = 0
        wakeWriter()
        return bytes
      },
      cancel,
    },
  }
}
