import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longText, longTextKeywords } from './long-text.js'

test('has exactly as many tokens as asked for, in every language and with every seed', () => {
  const language = fc.constantFrom('en', 'ja', 'zh')
  fc.assert(
    fc.property(language, fc.integer({ min: 1, max: 600 }), fc.string(), (language, tokens, seed) => {
      const pieces = [...longText(language, tokens, seed)]
      expect(pieces.reduce((sum, piece) => sum + piece.tokens, 0)).toBe(tokens)
    }),
  )
})

test('is asked for in three languages', () => {
  for (const prompt of [
    'Write a long text',
    '長い文章を書いてください',
    '请写一篇长文',
    '写一段很长的故事',
  ]) {
    expect(prompt).toMatch(longTextKeywords)
  }
  expect('How long is the river?').not.toMatch(longTextKeywords)
})
