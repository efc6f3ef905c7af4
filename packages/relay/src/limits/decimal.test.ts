import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDecimals, isAtLeast, toUnits, unitsToDecimal } from './decimal.js'

describe('decimals', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['0', '0.000000000000000001', '0.000000000000000001'],
    ['-0.5', '0.25', '-0.25'],
    ['1', '2', '3'],
    ['4.5e-5', '1E2', '100.000045'],
    ['99999999999999999999.9', '0.1', '100000000000000000000.0'],
  ])('%s and %s are %s', (left, right, sum) => {
    expect(addDecimals(left, right)).toBe(sum)
  })

  it('are the same in any order, and lose nothing', () => {
    const amount = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.nat(20))
      .map((parts) => unitsToDecimal(...parts))
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (amounts) => {
        const sum = amounts.reduce(addDecimals)
        expect(toUnits(sum, 20)).toBe(amounts.reduce((units, one) => units + toUnits(one, 20), 0n))
        expect(isAtLeast(sum, amounts[0] ?? '')).toBe(true)
      }),
    )
  })

  it.each(['', 'free', '1.', '.5', '0x1', 'Infinity', '1e9999'])('%j is none', (text) => {
    expect(() => addDecimals(text, '1')).toThrow(RangeError)
  })

  it('are rounded up where there is a smallest unit', () => {
    expect([toUnits('0.0001', 2), toUnits('0.01', 2), toUnits('1', 2), toUnits('-0.011', 2)]).toEqual([
      1n,
      1n,
      100n,
      -1n,
    ])
  })
})
