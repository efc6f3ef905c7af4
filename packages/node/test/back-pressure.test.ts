import { once } from 'node:events'
import { type ChatEvent, createChatClient } from '@chatstream/core'
import { startSimulator } from '@chatstream/simulator'
import {
  concat,
  filter,
  map,
  merge,
  mergeMap,
  NEVER,
  type Observable,
  of,
  range,
  Subject,
  scan,
  share,
  takeUntil,
  timer,
} from 'rxjs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { pipeToWritable, toReadable } from '../src/index.js'
import { countUpstream, frame, idle, request } from './counted-upstream.js'
import { createHeldSink } from './held-sink.js'

/** A thousand chunks of 1 kB. */
const chunks = Array.from({ length: 1000 }, (_, at) => frame(`${at} `.padEnd(1000, '.')))
const whole = Array.from({ length: 1000 }, (_, at) => `${at} `.padEnd(1000, '.')).join('')

type Operator = (stream$: Observable<ChatEvent>) => Observable<ChatEvent>

/** Those that subscribe to their source while they are being subscribed to. */
const operators: readonly (readonly [string, Operator])[] = [
  ['no operator', (stream$) => stream$],
  ['map', map((event) => ({ ...event }))],
  ['filter', filter(({ type }) => type === 'text-delta')],
  [
    'map and filter',
    (stream$) =>
      stream$.pipe(
        map((event) => ({ ...event })),
        filter(({ type }) => type !== 'cost'),
      ),
  ],
  ['scan', scan((_, event) => event)],
  ['takeUntil', takeUntil(NEVER)],
  ['share', share()],
  ['merge', (stream$) => merge(NEVER.pipe(takeUntil(timer(0))), stream$)],
  ['concat, of what completes at once', (stream$) => concat(of(), stream$)],
]

describe('while the writable is full', () => {
  it.each(operators)('nothing is read from the provider, with %s in between', async (_, operator) => {
    const { client, read } = countUpstream(chunks)
    const sink = createHeldSink()
    const end = pipeToWritable(client.stream(request).pipe(operator), sink.writable, { format: 'text' })
    await idle()
    const first = read()
    // What is over the mark, and one chunk more that was on its way.
    expect(first).toBeGreaterThanOrEqual(16)
    expect(first).toBeLessThanOrEqual(19)
    expect(sink.writable.writableLength).toBeLessThanOrEqual(2 * 16_384)
    await idle()
    expect(read()).toBe(first)

    while (sink.release()) await idle()
    expect(await end).toBe('finished')
    expect(sink.text()).toBe(whole)
  })

  it.each(['text', 'sse', 'jsonl'] as const)('so it is with %s, and as a readable', async (format) => {
    const { client, read, isCancelled } = countUpstream(chunks)
    const readable = toReadable(client.stream(request), { format, highWaterMark: 10_000 })
    await idle()
    expect(read()).toBe(0)
    readable.read(0)
    await idle()
    const first = read()
    expect(first).toBeGreaterThanOrEqual(4)
    expect(first).toBeLessThanOrEqual(12)
    expect(readable.readableLength).toBeLessThanOrEqual(2 * 10_000)
    readable.read()
    await idle()
    expect(read()).toBeGreaterThan(first)
    expect(read()).toBeLessThanOrEqual(2 * first)
    readable.destroy()
    await idle()
    expect(isCancelled()).toBe(true)
  })

  it('a later attempt waits as well', async () => {
    const refusal = () => new Response('', { status: 503 })
    const { client, read } = countUpstream(chunks, { retry: { baseDelayMs: 1 } }, (attempt) =>
      attempt === 1 ? refusal() : undefined,
    )
    const sink = createHeldSink()
    void pipeToWritable(client.stream(request), sink.writable, { format: 'text' })
    await vi.waitFor(() => expect(read()).toBeGreaterThan(10))
    await idle()
    expect(read()).toBeLessThanOrEqual(19)
  })

  it('the first reader of a shared stream sets the pace, until it leaves', async () => {
    const { client, read } = countUpstream(chunks)
    const shared$ = client.stream(request).pipe(share())
    const first = createHeldSink()
    const second = createHeldSink()
    second.open()
    const left = pipeToWritable(shared$, first.writable, { format: 'text' })
    const end = pipeToWritable(shared$, second.writable, { format: 'text' })
    await idle()
    expect(read()).toBeLessThanOrEqual(19)
    first.writable.destroy()
    expect(await left).toBe('reader-left')
    expect(await end).toBe('finished')
    expect(second.text()).toBe(whole)
  })
})

describe('a source that cannot be held back', () => {
  const later = (stream$: Observable<ChatEvent>): Observable<ChatEvent> =>
    timer(0).pipe(mergeMap(() => stream$))

  it('is left, and the reader with it, when too much waits', async () => {
    const { client, read, isCancelled } = countUpstream(chunks)
    const sink = createHeldSink()
    const end = pipeToWritable(client.stream(request).pipe(later), sink.writable, {
      format: 'text',
      maxBufferedBytes: 100_000,
    })
    await expect(end).rejects.toMatchObject({ name: 'ChatStreamError', kind: 'too-large' })
    expect(isCancelled()).toBe(true)
    expect(read()).toBeLessThan(120)
    expect(sink.writable.destroyed).toBe(true)
  })

  it('is written whole if the bound allows for it', async () => {
    const { client } = countUpstream(chunks)
    const sink = createHeldSink()
    const stream$ = client.stream(request).pipe(later)
    const end = pipeToWritable(stream$, sink.writable, { format: 'text', maxBufferedBytes: 1_000_000 })
    await vi.waitFor(() => expect(sink.writable.writableLength).toBeGreaterThan(0))
    await idle()
    sink.open()
    expect(await end).toBe('finished')
    expect(sink.text()).toBe(whole)
  })

  it('counts in bytes', async () => {
    const sink = createHeldSink(1)
    const texts$ = new Subject<string>()
    const end = pipeToWritable(texts$, sink.writable, { format: 'text', maxBufferedBytes: 11 })
    texts$.next('.')
    await idle()
    texts$.next('漢字漢')
    expect(texts$.observed).toBe(true)
    texts$.next('字')
    await expect(end).rejects.toMatchObject({ kind: 'too-large' })
    expect(texts$.observed).toBe(false)
  })

  it('destroys a readable', async () => {
    const { client, isCancelled } = countUpstream(chunks)
    const stream$ = client.stream(request).pipe(later)
    const readable = toReadable(stream$, { format: 'sse', maxBufferedBytes: 100_000 })
    readable.read(0)
    await expect(once(readable, 'end')).rejects.toMatchObject({ kind: 'too-large' })
    expect(isCancelled()).toBe(true)
  })

  it('is stopped in the midst of a burst that never ends', async () => {
    const sink = createHeldSink()
    const endless$ = range(0, Number.MAX_SAFE_INTEGER).pipe(map((number) => `${number} `))
    await expect(pipeToWritable(endless$, sink.writable, { format: 'text' })).rejects.toMatchObject({
      kind: 'too-large',
    })
  })
})

describe('over real sockets', () => {
  it.each(operators.slice(0, 4))('the provider has to wait, with %s in between', async (_, operator) => {
    const simulator = await startSimulator({ faults: 'flood bytes=200000000' })
    onTestFinished(() => simulator.close())
    const client = createChatClient({ baseURL: simulator.url, apiKey: 'any' })
    const sink = createHeldSink()
    const end = pipeToWritable(
      client.stream({ ...request, model: 'deepseek-chat' }).pipe(operator),
      sink.writable,
      { format: 'sse' },
    )
    const entry = await simulator.journal.waitFor(({ writesBlocked }) => writesBlocked > 0)
    // Until no more is written, though everybody has had a turn.
    for (let same = 0, written = 0; same < 10; same = written === entry.bytesWritten ? same + 1 : 0) {
      written = entry.bytesWritten
      await (await fetch(`${simulator.url}/models`)).text()
    }
    // What the two ends of a socket hold, and no more.
    expect(entry.bytesWritten).toBeLessThan(20_000_000)
    expect(entry.closedBy).toBeUndefined()
    sink.writable.destroy()
    expect(await end).toBe('reader-left')
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })
})
