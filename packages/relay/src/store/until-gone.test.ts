import { getEventListeners } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import type { ByteSource } from './byte-source.js'
import { untilGone } from './until-gone.js'

const open = (read: ByteSource['read']) => {
  const client = new AbortController()
  const cancel = vi.fn()
  const source = untilGone({ read, cancel }, client.signal)
  return { client, cancel, source, listeners: () => getEventListeners(client.signal, 'abort').length }
}
const bytes = new Uint8Array(1)

describe('untilGone', () => {
  it('lets go of the source when the client goes, and if it has gone before', () => {
    const { client, cancel, source } = open(async () => bytes)
    expect(cancel).not.toHaveBeenCalled()
    client.abort()
    expect(cancel).toHaveBeenCalledTimes(1)
    untilGone(source, client.signal)
    expect(cancel).toHaveBeenCalledTimes(2)
  })

  it('lets go of the client at the end of the source, and not before', async () => {
    const left = [bytes]
    const { source, listeners } = open(async () => left.pop())
    expect(await source.read()).toBe(bytes)
    expect(listeners()).toBe(1)
    expect(await source.read()).toBeUndefined()
    expect(listeners()).toBe(0)
  })

  it('lets go of the client when the source fails, or is cancelled', async () => {
    const broken = open(() => Promise.reject(new Error('broken')))
    await expect(broken.source.read()).rejects.toThrow('broken')
    expect(broken.listeners()).toBe(0)
    const cancelled = open(async () => bytes)
    cancelled.source.cancel()
    expect([cancelled.cancel.mock.calls.length, cancelled.listeners()]).toEqual([1, 0])
  })
})
