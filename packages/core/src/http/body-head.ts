export interface BodyHead {
  readonly add: (bytes: Uint8Array) => void
  readonly isFull: () => boolean
  readonly text: () => string
}

/** Keeps the first bytes of a body as text, `maxBytes` at most. */
export function createBodyHead(maxBytes: number): BodyHead {
  const decoder = new TextDecoder()
  let room = maxBytes
  let text = ''
  return {
    add(bytes) {
      if (room > 0) text += decoder.decode(bytes.subarray(0, room), { stream: true })
      room -= bytes.length
    },
    isFull: () => room <= 0,
    text: () => text,
  }
}
