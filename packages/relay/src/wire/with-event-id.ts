import type { Unit } from './units.js'

const encoder = new TextEncoder()

/** The event with an `id:` line of ours before its blank line, so that it counts whatever ids the event had. */
export function withEventId({ bytes, idAt = 0 }: Unit, id: number): Uint8Array {
  const line = encoder.encode(`id: ${id}\n`)
  const result = new Uint8Array(bytes.length + line.length)
  result.set(bytes.subarray(0, idAt))
  result.set(line, idAt)
  result.set(bytes.subarray(idAt), idAt + line.length)
  return result
}
