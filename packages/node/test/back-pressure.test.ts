import type { ChatEvent } from '@chatstream/core'
import { concat, filter, map, merge, NEVER, type Observable, of, scan, share, takeUntil, timer } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { pipeToWritable } from '../src/index.js'
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
})
