import { describe, expect, it } from 'vitest'
import { addDecimals } from './add-decimals.js'

describe('addDecimals', () => {
  it('is exact where numbers are not', () => {
    expect(addDecimals(['0.1', '0.2'])).toBe('0.3')
    expect(addDecimals(['0.000045', '0.00003'])).toBe('0.000075')
    expect(addDecimals(['9007199254740993', '0.0000000000000000001'])).toBe(
      '9007199254740993.0000000000000000001',
    )
  })

  it('knows signs, whole numbers and sums without a fraction', () => {
    expect(addDecimals(['-0.5', '0.25'])).toBe('-0.25')
    expect(addDecimals(['0.5', '0.5'])).toBe('1')
    expect(addDecimals(['0'])).toBe('0')
  })

  it('leaves out what is no decimal, and gives nothing for nothing', () => {
    expect(addDecimals(['1', 'free', '1e3', '', '9'.repeat(1000)])).toBe('1')
    expect(addDecimals([])).toBeUndefined()
  })
})
