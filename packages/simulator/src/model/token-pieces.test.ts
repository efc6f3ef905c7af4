import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countTokens, tokenPieces } from './token-pieces.js'

test('gives one token a piece', () => {
  const pieces = [...tokenPieces('Hello, 世界! <|endoftext|>')]
  expect(pieces.map(({ text }) => text).slice(0, 3)).toEqual(['Hello', ',', ' 世界'])
  expect(pieces.every(({ tokens }) => tokens === 1)).toBe(true)
})

test('keeps the tokens of a cut character together', () => {
  const pieces = [...tokenPieces('𓀀')]
  expect(pieces).toEqual([{ text: '𓀀', tokens: countTokens('𓀀') }])
  expect(countTokens('𓀀')).toBeGreaterThan(1)
})

test('loses, adds and splits no character of any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      const pieces = [...tokenPieces(text)]
      expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBe(countTokens(text))
      for (const piece of pieces) {
        expect(piece.text).not.toBe('')
        expect(Buffer.from(piece.text).toString()).toBe(piece.text)
      }
    }),
    { numRuns: 500 },
  )
})
