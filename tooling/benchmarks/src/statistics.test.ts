import { describe, expect, it } from 'vitest'
import { growthExponent, median, ratioWithRange } from './statistics.js'

describe('median', () => {
  it('is the middle of an odd number, and between the two middles of an even one', () => {
    expect(median([9, 1, 2])).toBe(2)
    expect(median([9, 1, 2, 4])).toBe(3)
    expect(median([])).toBeNaN()
  })
})

describe('growthExponent', () => {
  it('tells linear from quadratic growth', () => {
    expect(growthExponent([1, 4, 16].map((size) => [size, 3 * size] as const))).toBeCloseTo(1)
    expect(growthExponent([1, 4, 16].map((size) => [size, 3 * size ** 2] as const))).toBeCloseTo(2)
  })
})

describe('ratioWithRange', () => {
  it('writes the middle, and the range', () => {
    expect(ratioWithRange([1.2, 1, 3])).toBe('1.20 (1.00-3.00)')
    expect(ratioWithRange([])).toBe('-')
  })
})
