import type { WriteStep } from './step.js'

/** Makes the write of the first half of another, cut inside its data. */
export function halfOf({ data }: WriteStep): WriteStep {
  const bytes = Buffer.from(data)
  return {
    do: 'write',
    part: 'fragment',
    data: bytes.subarray(0, Math.ceil(bytes.byteLength / 2)),
    tokens: 0,
    events: 0,
  }
}
