import type { Units } from './units.js'

const LF = 0x0a
const CR = 0x0d
const COLON = 0x3a
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const
const NONE = Number.POSITIVE_INFINITY

export interface UnitSplitter {
  /** Takes the next bytes, cut anywhere, and gives back the units that they made whole; nothing if there are none. */
  readonly push: (bytes: Uint8Array) => Units | undefined
  /** How many bytes wait for the rest of their unit. */
  readonly held: () => number
  /** What is left at the end of the body: nothing, or what is no whole unit. */
  readonly rest: () => Uint8Array
}

/**
 * Cuts the bytes of an event stream where nothing may be lost by it: all units in their order, and the rest, are the bytes
 * that went in. Lines end in LF, CR or CRLF; a unit that ends in a CR is handed on at once, and its LF comes with the next.
 */
export function createUnitSplitter(): UnitSplitter {
  let held = Buffer.alloc(0)
  let length = 0
  /** All before it has been looked at. */
  let scanned = 0
  let lineStart = 0
  let hasFields = false
  let isStart = true
  let afterCr = false

  const hold = (bytes: Uint8Array): void => {
    if (length + bytes.length > held.length) {
      const larger = Buffer.alloc(Math.max(length + bytes.length, held.length * 2))
      larger.set(held.subarray(0, length))
      held = larger
    }
    held.set(bytes, length)
    length += bytes.length
  }

  const isComment = (buffer: Uint8Array): boolean => {
    const hasMark = isStart && BYTE_ORDER_MARK.every((byte, at) => buffer[lineStart + at] === byte)
    return buffer[lineStart + (hasMark ? 3 : 0)] === COLON
  }

  return {
    push(chunk) {
      if (chunk.length === 0) return undefined
      // Put together anew only if most of it is new: an event may come in a million pieces.
      const isFresh = length <= chunk.length
      if (!isFresh) hold(chunk)
      const buffer = isFresh ? join(held.subarray(0, length), chunk) : held.subarray(0, length)
      const ends: number[] = []
      const idsAt: number[] = []
      const cut = (at: number, idAt = -1): void => {
        ends.push(at)
        idsAt.push(idAt)
        hasFields = false
      }
      const find = (byte: number, from: number): number => {
        const at = buffer.indexOf(byte, from)
        return at === -1 ? NONE : at
      }

      let at = scanned
      // The other half of a CRLF.
      if (afterCr && buffer[at] === LF) lineStart = ++at
      afterCr = false
      // Looked for by what is native; and few streams have a CR at all.
      let lf = -1
      let cr = -1
      while (at < buffer.length) {
        if (lf < at) lf = find(LF, at)
        if (cr < at) cr = find(CR, at)
        const lineEnd = Math.min(lf, cr)
        if (lineEnd === NONE) break
        const isCrLf = cr + 1 === lf
        const next = lineEnd + (isCrLf && lineEnd === cr ? 2 : 1)
        afterCr = next === buffer.length && buffer[next - 1] === CR
        const isBlank = lineEnd === lineStart
        if (isBlank && hasFields) cut(next, lineStart)
        else if (isBlank || (!hasFields && isComment(buffer))) cut(next)
        else hasFields = true
        isStart = false
        lineStart = at = next
      }

      const end = ends.at(-1) ?? 0
      // What is held will be written over.
      const bytes = isFresh ? buffer.subarray(0, end) : Buffer.from(buffer.subarray(0, end))
      if (isFresh) {
        length = 0
        hold(buffer.subarray(end))
      } else {
        held.copyWithin(0, end, length)
        length -= end
      }
      scanned = length
      lineStart -= end
      return end === 0 ? undefined : { bytes, ends, idsAt }
    },
    held: () => length,
    rest: () => Uint8Array.from(held.subarray(0, length)),
  }
}

/** Without a copy where there is nothing to join. */
const join = (held: Buffer, chunk: Uint8Array): Buffer =>
  held.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length) : Buffer.concat([held, chunk])
