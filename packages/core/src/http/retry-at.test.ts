import { describe, expect, it } from 'vitest'
import { retryAtOf } from './retry-at.js'

const now = Date.parse('2026-01-01T00:00:00Z')
const retryAt = (headers: Record<string, string>, status = 429): number | undefined =>
  retryAtOf(new Headers(headers), status, now)

describe('retryAtOf', () => {
  it.each([
    ['retry-after-ms', '1500', 1500],
    ['retry-after-ms', '0.5', 0.5],
    ['retry-after', '2', 2000],
    ['retry-after', '0', 0],
    ['retry-after', ' 1.5 ', 1500],
    ['retry-after', 'Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['retry-after', 'Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
    ['x-ratelimit-reset', '30', 30_000],
    ['x-ratelimit-reset', String(now / 1000 + 30), 30_000],
    ['x-ratelimit-reset', String(now + 30_000), 30_000],
  ])('reads %s: %s', (name, value, milliseconds) => {
    expect(retryAt({ [name]: value })).toBe(now + milliseconds)
  })

  it('prefers milliseconds to seconds, and what was asked for to the reset of the limit', () => {
    const reset = { 'x-ratelimit-reset': '30' }
    expect(retryAt({ 'retry-after-ms': '1500', 'retry-after': '2', ...reset })).toBe(now + 1500)
    expect(retryAt({ 'retry-after': '2', ...reset })).toBe(now + 2000)
  })

  it('heeds the reset of the limit only where the limit was the reason', () => {
    expect(retryAt({ 'x-ratelimit-reset': '30' }, 503)).toBeUndefined()
    expect(retryAt({ 'retry-after': '2' }, 503)).toBe(now + 2000)
  })

  it.each(['', 'soon', '-1', 'soon 5', '1,2', '1e3', '0x10', '5s', 'Infinity'])(
    'makes nothing of retry-after: %s',
    (value) => {
      expect(retryAt({ 'retry-after': value })).toBeUndefined()
      expect(retryAt({ 'retry-after': value, 'x-ratelimit-reset': '1' })).toBe(now + 1000)
    },
  )

  it('knows nothing where nothing is said', () => {
    expect(retryAt({})).toBeUndefined()
  })
})
