import { describe, expect, it } from 'vitest'
import { usageOf } from './usage.js'

describe('usageOf', () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3, details: { cached: 1 } }

  it('gives the usage at top level, every field of it', () => {
    expect(usageOf({ choices: [], usage })).toBe(usage)
  })

  it('gives the usage in a choice', () => {
    expect(usageOf({ choices: [{}, { usage }] })).toBe(usage)
  })

  it("gives the usage under a vendor's key", () => {
    expect(usageOf({ choices: [{}], x_groq: { id: 'r', usage } })).toBe(usage)
  })

  it('prefers the top level', () => {
    expect(usageOf({ usage, choices: [{ usage: {} }], x_groq: { usage: {} } })).toBe(usage)
  })

  it.each([
    {},
    { usage: null },
    { usage: 3 },
    { usage: [1] },
    { choices: null, x_groq: null },
    { choices: [null, { usage: null }] },
    { x_groq: { usage: null } },
    { metadata: { usage } },
  ])('finds none in %j', (chunk) => {
    expect(usageOf(chunk)).toBeUndefined()
  })
})
