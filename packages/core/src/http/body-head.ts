import type { MonoTypeOperatorFunction } from 'rxjs'
import { operatorOf } from '../operator-of.js'

export interface BodyHead {
  readonly add: (bytes: Uint8Array) => void
  readonly isFull: () => boolean
  readonly text: () => string
}

/** Keeps the first bytes of a body, `maxBytes` at most. */
export function createBodyHead(maxBytes: number): BodyHead {
  let kept = new Uint8Array(0)
  return {
    add(bytes) {
      const room = maxBytes - kept.length
      if (room <= 0) return
      const more = new Uint8Array(kept.length + Math.min(room, bytes.length))
      more.set(kept)
      more.set(bytes.subarray(0, room), kept.length)
      kept = more
    },
    isFull: () => kept.length >= maxBytes,
    text: () => new TextDecoder().decode(kept),
  }
}

/** Notes the first bytes of what passes. */
export const keepHead = (head: BodyHead): MonoTypeOperatorFunction<Uint8Array> =>
  operatorOf((subscriber) => ({
    next(bytes) {
      head.add(bytes)
      subscriber.next(bytes)
    },
  }))
