import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCost } from './cost.js'

describe('parseCost', () => {
  it('reads the comment that AllToken sends', () => {
    const comment =
      '{"cost":"0.0012","input_price":"0.0003","output_price":"0.0009","prompt_tokens":15,"completion_tokens":42}'
    expect(parseCost(comment)).toEqual({
      cost: '0.0012',
      input_price: '0.0003',
      output_price: '0.0009',
      prompt_tokens: 15,
      completion_tokens: 42,
    })
  })

  it('heeds no white space around it', () => {
    expect(parseCost(' \t{ "cost" : "1" } ')).toEqual({ cost: '1' })
  })

  it('keeps fields it does not know', () => {
    expect(parseCost('{"cost":"1","currency":"JPY","tiers":[1]}')).toEqual({
      cost: '1',
      currency: 'JPY',
      tiers: [1],
    })
  })

  it('keeps trailing zeros', () => {
    expect(parseCost('{"cost":"0.10"}')).toEqual({ cost: '0.10' })
  })

  it.each([
    ['0.1000000000000000000000001'],
    ['0'],
    ['-1.50'],
    ['1e-7'],
    ['1.5E+3'],
    ['12345678901234567890'],
  ])('makes a string of a price that was sent as the number %s, digit by digit', (price) => {
    const text = `{"cost": ${price} ,"input_price":${price},"output_price":${price},"prompt_tokens":3}`
    expect(parseCost(text)).toEqual({
      cost: price,
      input_price: price,
      output_price: price,
      prompt_tokens: 3,
    })
  })

  it('leaves numbers inside strings alone', () => {
    expect(parseCost('{"cost":"1","note":"\\"cost\\": 5"}')).toEqual({ cost: '1', note: '"cost": 5' })
  })

  it.each([
    'keep-alive',
    '',
    '{}',
    '{"price":"1"}',
    '{"cost":null}',
    '{"cost":{}}',
    '{"cost":true}',
    '{"cost":"1"',
    '["cost"]',
    '"cost"',
    '{"cost":-}',
    'cost: 1',
  ])('finds no cost in %j', (comment) => {
    expect(parseCost(comment)).toBeUndefined()
  })

  it('never throws, and gives money as a string or not at all', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          fc.string().map((text) => `{"cost":${text}}`),
        ),
        (comment) => {
          const cost = parseCost(comment)
          expect(['string', 'undefined']).toContain(typeof cost?.cost)
        },
      ),
    )
  })
})
