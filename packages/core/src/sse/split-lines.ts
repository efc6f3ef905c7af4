import { tooLarge } from '../errors/too-large.js'

const LF = 0x0a
const CR = 0x0d

export interface LineSplitter {
  /** Takes the next bytes, cut anywhere. */
  push(bytes: Uint8Array): void
  /** Takes the end of the body: a line that has begun ends here. */
  flush(): void
}

/**
 * Cuts bytes into lines that end in LF, CR or CRLF, and hands them on as text: many lines at once, each ended by one LF.
 *
 * Only whole lines are decoded. No UTF-8 sequence contains a line end, so no character is ever cut, and the decoder runs
 * once for all the lines of a chunk rather than once for each chunk of a line.
 *
 * Errors with `too-large` at the first line of more than `maxLineBytes` bytes, after all that came before it.
 */
export function createLineSplitter(maxLineBytes: number, onLines: (text: string) => void): LineSplitter {
  // The byte order mark is only one at the start of the stream; the decoder would take it off each piece.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let atStart = true
  let held = new Uint8Array(0) // the line that has begun: its bytes, of which `heldLength` count
  let heldLength = 0
  let endedInCr = false

  const hold = (bytes: Uint8Array): void => {
    const length = heldLength + bytes.length
    if (length > held.length) {
      const larger = new Uint8Array(Math.max(length, held.length * 2))
      larger.set(held.subarray(0, heldLength))
      held = larger
    }
    held.set(bytes, heldLength)
    heldLength = length
  }

  /** Whole lines, and nothing after them. */
  const handOn = (bytes: Uint8Array): void => {
    const allowed = bytes.length > maxLineBytes ? startOfFirstLongerLine(bytes, maxLineBytes) : bytes.length
    let text = decoder.decode(firstOf(bytes, allowed))
    if (atStart) {
      atStart = false
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
    }
    if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n')
    onLines(text)
    if (allowed < bytes.length) throw tooLarge('A line', maxLineBytes, 'bytes (maxEventBytes)')
  }

  const push = (chunk: Uint8Array): void => {
    if (chunk.length === 0) return
    // The LF of a CRLF that was cut in two ends no second line.
    const bytes = endedInCr && chunk[0] === LF ? chunk.subarray(1) : chunk
    endedInCr = chunk[chunk.length - 1] === CR
    const end = endOfLastLine(bytes)
    if (end > 0) {
      const whole = firstOf(bytes, end)
      if (heldLength === 0) {
        handOn(whole)
      } else {
        hold(whole)
        const lines = held.subarray(0, heldLength)
        heldLength = 0
        handOn(lines)
      }
    }
    if (end < bytes.length) hold(bytes.subarray(end))
    if (heldLength > maxLineBytes) throw tooLarge('A line', maxLineBytes, 'bytes (maxEventBytes)')
  }

  return {
    push,
    flush() {
      if (heldLength > 0) push(Uint8Array.of(LF))
    },
  }
}

/** A view of the first bytes; no new one of all of them, which costs as much as to decode a token. */
const firstOf = (bytes: Uint8Array, length: number): Uint8Array =>
  length === bytes.length ? bytes : bytes.subarray(0, length)

/** The offset after the last LF or CR; 0 if there is none. */
function endOfLastLine(bytes: Uint8Array): number {
  let end = bytes.length
  while (end > 0 && bytes[end - 1] !== LF && bytes[end - 1] !== CR) end--
  return end
}

/** The offset at which the first line of more than `limit` bytes starts; the length if there is none. */
function startOfFirstLongerLine(bytes: Uint8Array, limit: number): number {
  let start = 0
  for (let offset = 0; offset < bytes.length; offset++) {
    if (bytes[offset] !== LF && bytes[offset] !== CR) continue
    if (offset - start > limit) return start
    start = offset + 1
  }
  return start
}
