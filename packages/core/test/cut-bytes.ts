export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The same bytes, cut before each of the offsets. */
export function cutBytes(bytes: Uint8Array, offsets: readonly number[]): Uint8Array[] {
  const ends = [...offsets].sort((a, b) => a - b).concat(bytes.length)
  return ends.map((end, position) => bytes.slice(position === 0 ? 0 : ends[position - 1], end))
}

export const oneByteAtATime = (bytes: Uint8Array): Uint8Array[] =>
  Array.from(bytes, (_, offset) => bytes.slice(offset, offset + 1))
