const LF = 0x0a
const CR = 0x0d
const COLON = 0x3a
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const

/** The smallest piece of an event stream that may stand alone: one event, one comment, or blank lines. */
export interface Unit {
  /** As they came, the line ends included. */
  readonly bytes: Uint8Array
  /** Where in `bytes` an `id:` line may be put in: before the blank line that ends the event. Not an event: undefined. */
  readonly idAt: number | undefined
}

export interface UnitSplitter {
  /** Takes the next bytes, cut anywhere, and gives back the units that they made whole. */
  readonly push: (bytes: Uint8Array) => Unit[]
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
  let held = new Uint8Array(1024)
  let length = 0
  /** All before it has been looked at. */
  let scanned = 0
  let lineStart = 0
  let hasFields = false
  let isStart = true
  let afterCr = false

  const hold = (bytes: Uint8Array): void => {
    if (length + bytes.length > held.length) {
      const larger = new Uint8Array(Math.max(length + bytes.length, held.length * 2))
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
      const units: Unit[] = []
      const isWhole = length === 0
      if (!isWhole) hold(chunk)
      const buffer = isWhole ? chunk : held
      const end = isWhole ? chunk.length : length
      let unitStart = 0
      const cut = (at: number, idAt?: number): void => {
        // What is held will be written over.
        const bytes = isWhole ? buffer.subarray(unitStart, at) : buffer.slice(unitStart, at)
        units.push({ bytes, idAt: idAt === undefined ? undefined : idAt - unitStart })
        unitStart = at
        hasFields = false
      }
      for (let at = scanned; at < end; at++) {
        const byte = buffer[at]
        if (byte !== LF && byte !== CR) {
          afterCr = false
          continue
        }
        if (byte === LF && afterCr) {
          // The other half of a CRLF.
          afterCr = false
          lineStart = at + 1
          continue
        }
        let next = at + 1
        afterCr = byte === CR
        if (afterCr && buffer[next] === LF && next < end) {
          next++
          afterCr = false
        }
        const isBlank = at === lineStart
        if (isBlank && hasFields) cut(next, lineStart)
        else if (isBlank || (!hasFields && isComment(buffer))) cut(next)
        else hasFields = true
        isStart = false
        lineStart = next
        at = next - 1
      }
      if (isWhole) {
        hold(chunk.subarray(unitStart))
      } else {
        held.copyWithin(0, unitStart, length)
        length -= unitStart
      }
      scanned = length
      lineStart -= unitStart
      return units
    },
    held: () => length,
    rest: () => held.slice(0, length),
  }
}
