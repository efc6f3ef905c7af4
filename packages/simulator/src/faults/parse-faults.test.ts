import { expect, test } from 'vitest'
import { parseFaults } from './parse-faults.js'

test('reads names, parameters and flags, however they are separated', () => {
  const stall = { name: 'stall', parameters: { after: '5', 'before-headers': 'true' } }
  for (const text of [
    'stall after=5 before-headers',
    'stall; after=5; before-headers',
    ' stall;after=5;before-headers ',
  ]) {
    expect(parseFaults(text)).toEqual([stall])
  }
})

test('reads several faults', () => {
  expect(parseFaults('crlf, cut size=3,, bom,').map(({ name }) => name)).toEqual(['crlf', 'cut', 'bom'])
  expect(parseFaults('')).toEqual([])
})

test('keeps what stands in quotes together', () => {
  expect(parseFaults('comments text="a, b; c=d"')).toEqual([
    { name: 'comments', parameters: { text: 'a, b; c=d' } },
  ])
  expect(() => parseFaults('comments text="a')).toThrow('quote')
})
