import { expect, test } from 'vitest'
import { detectLanguage } from './language.js'

test('tells the language by the script', () => {
  expect(detectLanguage('√2 が無理数であることを証明してください')).toBe('ja')
  expect(detectLanguage('证明 √2 是无理数')).toBe('zh')
  expect(detectLanguage('Prove that √2 is irrational')).toBe('en')
  expect(detectLanguage('')).toBe('en')
})
