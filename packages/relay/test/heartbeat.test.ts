import { describe, expect, it, vi } from 'vitest'
import { withHeartbeat } from '../src/http/with-heartbeat.js'

const decode = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

/** Bytes that come when the test says so. */
const source = () => {
  const waiting: ((bytes: Uint8Array | undefined) => void)[] = []
  return {
    read: vi.fn(() => new Promise<Uint8Array | undefined>((resolve) => waiting.push(resolve))),
    cancel: vi.fn(),
    say: (text?: string) =>
      waiting.shift()?.(text === undefined ? undefined : new TextEncoder().encode(text)),
  }
}

describe('a heartbeat', () => {
  it('comes in each silence, and never instead of what comes', async () => {
    vi.useFakeTimers()
    const from = source()
    const { read } = withHeartbeat(from, 100)
    const first = read()
    await vi.advanceTimersByTimeAsync(100)
    expect(decode(await first)).toBe(': keep-alive\n\n')
    const second = read()
    await vi.advanceTimersByTimeAsync(99)
    from.say('data: 1\n\n')
    expect(decode(await second)).toBe('data: 1\n\n')
    expect(from.read).toHaveBeenCalledTimes(1)
    const third = read()
    await vi.advanceTimersByTimeAsync(100)
    await third
    // While nobody reads, nothing is made up; what has come meanwhile is there at once.
    from.say('data: 2\n\n')
    await vi.advanceTimersByTimeAsync(1000)
    expect(decode(await read())).toBe('data: 2\n\n')
    const end = read()
    from.say()
    expect(await end).toBeUndefined()
    expect(vi.getTimerCount()).toBe(0)
    vi.useRealTimers()
  })

  it('before a byte order mark takes its place', async () => {
    vi.useFakeTimers()
    const from = source()
    const { read } = withHeartbeat(from, 100)
    const first = read()
    await vi.advanceTimersByTimeAsync(100)
    await first
    const second = read()
    from.say('\ufeffdata: 1\n\n')
    expect(decode(await second)).toBe('data: 1\n\n')
    vi.useRealTimers()
  })
})
