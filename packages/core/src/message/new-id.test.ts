import { afterEach, describe, expect, it, vi } from 'vitest'
import { newId } from './new-id.js'

describe('newId', () => {
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it.each([
    ['as it is', globalThis.crypto],
    ['of a page that was not loaded over HTTPS', { getRandomValues: crypto.getRandomValues.bind(crypto) }],
  ])('makes ids that differ, with crypto %s', (_what, crypto) => {
    vi.stubGlobal('crypto', crypto)
    const ids = Array.from({ length: 100 }, newId)
    expect(new Set(ids).size).toBe(100)
    for (const id of ids) expect(id).toMatch(/^\d+(-\d+){3}$/)
  })
})
