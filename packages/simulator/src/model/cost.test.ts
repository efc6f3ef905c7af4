import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completionCost } from './cost.js'
import { models } from './models.js'

test('computes with decimals, not with floats', () => {
  expect(completionCost({ inputPrice: '0.1', outputPrice: '0.2' }, 1, 1)).toEqual({
    cost: '0.0000003',
    input_price: '0.0000001',
    output_price: '0.0000002',
    prompt_tokens: 1,
    completion_tokens: 1,
  })
})

test('writes whole dollars without decimals, and nothing as 0', () => {
  expect(completionCost({ inputPrice: '3', outputPrice: '15' }, 1_000_000, 2_000_000).cost).toBe('33')
  expect(completionCost({ inputPrice: '3', outputPrice: '15' }, 0, 0).cost).toBe('0')
})

test('refuses a price that it cannot compute with exactly', () => {
  expect(() => completionCost({ inputPrice: '0.0001', outputPrice: '1' }, 1, 1)).toThrow(RangeError)
  expect(() => completionCost({ inputPrice: '1e3', outputPrice: '1' }, 1, 1)).toThrow(RangeError)
})

test('adds up to the last digit, for every model', () => {
  const nano = (dollars: string): bigint => {
    const [whole = '0', decimals = ''] = dollars.split('.')
    return BigInt(whole + decimals.padEnd(9, '0'))
  }
  fc.assert(
    fc.property(fc.constantFrom(...models), fc.nat(), fc.nat(), (model, prompt, completion) => {
      const cost = completionCost(model, prompt, completion)
      expect(nano(cost.cost)).toBe(nano(cost.input_price) + nano(cost.output_price))
      expect(cost.cost).toMatch(/^\d+(\.\d*[1-9])?$/)
    }),
  )
})
