import { PassThrough } from 'node:stream'
import type { ChatEvent } from '@chatstream/core'
import { NEVER, of, Subject } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { pipeToWritable, toReadable } from '../src/index.js'
import { createHeldSink } from './held-sink.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)
const comment = (comment: string): ChatEvent => ({ type: 'comment', comment })

describe('a heartbeat', () => {
  it('is a comment, when nothing was written for so long', async () => {
    const events$ = new Subject<ChatEvent>()
    const sink = createHeldSink()
    sink.open()
    const end = pipeToWritable(events$, sink.writable, { format: 'sse', heartbeatMs: 100 })
    await pass(99)
    expect(sink.text()).toBe('')
    await pass(1)
    expect(sink.text()).toBe(': keep-alive\n\n')
    await pass(50)
    events$.next(comment('a'))
    await pass(99)
    expect(sink.text()).toBe(': keep-alive\n\n: a\n\n')
    await pass(1)
    expect(sink.text()).toBe(': keep-alive\n\n: a\n\n: keep-alive\n\n')
    events$.complete()
    await pass(1000)
    expect(await end).toBe('finished')
    expect(sink.text()).toBe(': keep-alive\n\n: a\n\n: keep-alive\n\n')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is not written where it would only wait', async () => {
    const events$ = new Subject<ChatEvent>()
    const sink = createHeldSink(1)
    void pipeToWritable(events$, sink.writable, { format: 'sse', heartbeatMs: 100 })
    events$.next(comment('a'))
    await pass(10_000)
    sink.open()
    await pass(0)
    expect(sink.text()).toBe(': a\n\n')
    sink.writable.destroy()
    await pass(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is nothing that text or lines of JSON could hold', async () => {
    const sink = createHeldSink()
    sink.open()
    for (const format of ['text', 'jsonl'] as const)
      void pipeToWritable(NEVER, sink.writable, { format, heartbeatMs: 100 })
    await pass(10_000)
    expect(sink.text()).toBe('')
  })

  it('comes out of a readable, too', async () => {
    const readable = toReadable(NEVER, { format: 'sse', heartbeatMs: 100 })
    readable.read(0)
    await pass(100)
    expect(String(readable.read())).toBe(': keep-alive\n\n')
    readable.destroy()
    await pass(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('a reader that takes nothing', () => {
  it('is given up after `stallMs`, and counted from the last time it took something', async () => {
    const texts$ = new Subject<string>()
    const sink = createHeldSink(1)
    const end = pipeToWritable(texts$, sink.writable, { format: 'text', stallMs: 100 })
    const failed = expect(end).rejects.toMatchObject({ kind: 'timeout', message: /took nothing for 100 ms/ })
    await pass(10_000)
    texts$.next('a')
    await pass(99)
    sink.release()
    await pass(1)
    texts$.next('b')
    await pass(99)
    expect(texts$.observed).toBe(true)
    await pass(1)
    await failed
    expect(texts$.observed).toBe(false)
    expect(sink.writable.destroyed).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is given up at the end of the stream as well', async () => {
    const sink = createHeldSink(100)
    const end = pipeToWritable(of('a'), sink.writable, { format: 'text', stallMs: 100 })
    const failed = expect(end).rejects.toMatchObject({ kind: 'timeout' })
    await pass(100)
    await failed
  })

  it('is waited for without it', async () => {
    const sink = createHeldSink(1)
    const end = pipeToWritable(of('a'), sink.writable, { format: 'text' })
    await pass(10_000_000)
    sink.open()
    await pass(0)
    expect(await end).toBe('finished')
  })

  it('is no reason to leave a slow, but sound one', async () => {
    const passing = new PassThrough({ highWaterMark: 1 })
    const texts$ = new Subject<string>()
    const end = pipeToWritable(texts$, passing, { format: 'text', stallMs: 100 })
    for (let count = 0; count < 10; count++) {
      texts$.next('a')
      await pass(90)
      passing.read()
      await pass(0)
    }
    texts$.complete()
    passing.resume()
    await pass(0)
    expect(await end).toBe('finished')
  })
})
