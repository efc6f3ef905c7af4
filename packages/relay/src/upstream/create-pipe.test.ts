import { describe, expect, it, vi } from 'vitest'
import { createPipe } from './create-pipe.js'

const units = (size: number) => ({ bytes: new Uint8Array(size), ends: [size], idsAt: [-1] })

describe('createPipe', () => {
  it('has room until 64 KiB wait, and again when they are read', async () => {
    const { sink, source } = createPipe(() => {}, 1000)
    sink.units(units(65_535))
    expect(sink.room()).toBeUndefined()
    sink.units(units(1))
    const room = sink.room()
    expect(room).toBeInstanceOf(Promise)
    expect((await source.read())?.length).toBe(65_536)
    await room
    expect(sink.room()).toBeUndefined()
  })

  it('takes a reader that takes nothing for one that has gone, and holds nothing for it', async () => {
    vi.useFakeTimers()
    const onLeave = vi.fn()
    const { sink, source } = createPipe(onLeave, 1000)
    sink.units(units(65_536))
    const room = sink.room()
    await vi.advanceTimersByTimeAsync(999)
    expect(onLeave).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(onLeave).toHaveBeenCalledTimes(1)
    await room
    expect(await source.read()).toBeUndefined()
    vi.useRealTimers()
  })

  it('gives all that came before it ends, or breaks', async () => {
    const ended = createPipe(() => {}, 1000)
    ended.sink.units(units(3))
    ended.sink.end(new Uint8Array(2))
    expect((await ended.source.read())?.length).toBe(5)
    expect(await ended.source.read()).toBeUndefined()
    const broken = createPipe(() => {}, 1000)
    broken.sink.units(units(3))
    broken.sink.break()
    expect((await broken.source.read())?.length).toBe(3)
    await expect(broken.source.read()).rejects.toThrow(/broke/)
  })
})
