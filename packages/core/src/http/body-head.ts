export interface BodyHead {
  readonly add: (bytes: Uint8Array) => void
  readonly isFull: () => boolean
  readonly text: () => string
}

/** Keeps the first bytes of a body as text, `maxBytes` at most. */
export function createBodyHead(maxBytes: number): BodyHead {
  const head = new Uint8Array(maxBytes)
  let length = 0
  return {
    add(bytes) {
      if (length === maxBytes) return // as for nearly all of a body: an empty view takes as long as a token
      const piece = bytes.subarray(0, maxBytes - length)
      head.set(piece, length)
      length += piece.length
    },
    isFull: () => length === maxBytes,
    // Asked for by errors only. A character of which only the first bytes are there is left out.
    text: () => new TextDecoder().decode(head.subarray(0, length), { stream: true }),
  }
}
