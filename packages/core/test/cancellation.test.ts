import type { JournalEntry, Simulator } from '@chatstream/simulator'
import { filter, tap } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import type { ChatClient, ChatEvent } from '../src/index.js'
import { settled } from './collect.js'
import { withSimulator } from './with-simulator.js'

const request = {
  model: 'deepseek-chat',
  messages: [{ role: 'user', content: 'Explain quantum computing' }],
} as const

interface Moment {
  readonly name: string
  /** What keeps the answer at this moment. */
  readonly faults: string
  /** The event that tells the client of it; without one, only the server knows. */
  readonly event?: ChatEvent['type']
  readonly phase: JournalEntry['phase']
}

const moments: readonly Moment[] = [
  { name: 'before the headers', faults: 'stall before-headers', phase: 'before-headers' },
  { name: 'after the headers', faults: 'stall', event: 'response-start', phase: 'headers-sent' },
  { name: 'in mid-answer', faults: 'stall after=3', event: 'text-delta', phase: 'streaming' },
  {
    name: 'after [DONE], while the cost is waited for',
    faults: 'open-end',
    event: 'answer-end',
    phase: 'done-sent',
  },
]

/** Runs `leave` at the moment, and tells what the server saw of it. */
async function leaveAt(
  { faults, event }: Moment,
  start: (client: ChatClient, onEvent: (event: ChatEvent) => void) => () => void,
): Promise<JournalEntry> {
  const { simulator, client } = await withSimulator({ faults }, { timeouts: { drainMs: 60_000 } })
  const leave = await new Promise<() => void>((resolve) => {
    const stop = start(client, (seen) => {
      if (seen.type === event) queueMicrotask(() => resolve(stop))
    })
    if (event === undefined) arrivedAt(simulator).then(() => resolve(stop))
  })
  leave()
  return onlyEntryOf(simulator).closed
}

/** The whole request, of which nothing was answered yet. */
const arrivedAt = (simulator: Simulator): Promise<JournalEntry> =>
  simulator.journal.waitFor((entry) => entry.body !== undefined)

/** Nothing had arrived: what is asked for now is all that the server knows of. */
async function sentNothing(simulator: Simulator, client: ChatClient): Promise<void> {
  await settled(client.stream({ ...request, model: 'claude-sonnet-4' }))
  expect(onlyEntryOf(simulator).body).toMatchObject({ model: 'claude-sonnet-4' })
}

function onlyEntryOf({ journal }: Simulator): JournalEntry {
  expect(journal.entries).toHaveLength(1)
  return journal.entries[0] as JournalEntry
}

describe('unsubscribing closes the connection', () => {
  it.each(moments)('$name', async (moment) => {
    const ended = vi.fn()
    const entry = await leaveAt(moment, (client, onEvent) => {
      const subscription = client.stream(request).subscribe({ next: onEvent, error: ended, complete: ended })
      return () => subscription.unsubscribe()
    })
    expect(entry).toMatchObject({ closedBy: 'client', phase: moment.phase })
    expect(ended).not.toHaveBeenCalled()
  })

  it('before the request is sent, while the key is waited for: nothing is sent', async () => {
    const { simulator, client } = await withSimulator({}, { apiKey: async () => 'KEY' })
    client.stream(request).subscribe().unsubscribe()
    await sentNothing(simulator, client)
  })
})

describe('the signal closes the connection, and completes the stream without an error', () => {
  it.each(moments)('$name', async (moment) => {
    const controller = new AbortController()
    const error = vi.fn()
    const complete = vi.fn()
    const entry = await leaveAt(moment, (client, onEvent) => {
      client.stream(request, { signal: controller.signal }).subscribe({ next: onEvent, error, complete })
      return () => {
        controller.abort()
        expect(complete).toHaveBeenCalledOnce()
      }
    })
    expect(entry).toMatchObject({ closedBy: 'client', phase: moment.phase })
    expect(error).not.toHaveBeenCalled()
    expect(complete).toHaveBeenCalledOnce()
  })

  it('at once, and sends nothing, if it has aborted already', async () => {
    const { simulator, client } = await withSimulator({})
    const seen = await settled(client.stream(request, { signal: AbortSignal.abort() }))
    expect(seen).toEqual({ values: [], error: undefined, end: 'complete' })
    await sentNothing(simulator, client)
  })

  it('from inside an event handler', async () => {
    const { simulator, client } = await withSimulator({ faults: 'stall after=3' })
    const controller = new AbortController()
    let pieces = 0
    const stream$ = client.stream(request, { signal: controller.signal }).pipe(
      filter((event) => event.type === 'text-delta'),
      tap(() => {
        pieces++
        controller.abort()
      }),
    )
    expect((await settled(stream$)).end).toBe('complete')
    expect(pieces).toBe(1)
    expect(await onlyEntryOf(simulator).closed).toMatchObject({ closedBy: 'client', phase: 'streaming' })
  })
})

describe('the connection is closed by the client', () => {
  const closesIt = async (simulator: Simulator, phase: JournalEntry['phase']): Promise<void> => {
    expect(await onlyEntryOf(simulator).closed).toMatchObject({ closedBy: 'client', phase })
  }

  it('when the wait for the cost is over', async () => {
    const { simulator, client } = await withSimulator({ faults: 'open-end' }, { timeouts: { drainMs: 20 } })
    const seen = await settled(client.stream(request))
    expect(seen.values.at(-1)).toEqual({ type: 'answer-end' })
    expect(seen.end).toBe('complete')
    await closesIt(simulator, 'done-sent')
  })

  it('when the wait is over that began with the cost', async () => {
    const { simulator, client } = await withSimulator(
      { faults: 'open-end cost' },
      { timeouts: { drainMs: 20 } },
    )
    expect((await settled(client.stream(request))).values.at(-1)).toMatchObject({ type: 'cost' })
    await closesIt(simulator, 'done-sent')
  })

  it('when the answer is an error, and the server goes on', async () => {
    const { simulator, client } = await withSimulator({ faults: 'error-frame after=3 ending=open' })
    expect((await settled(client.stream(request))).error).toMatchObject({ kind: 'rate-limit' })
    await closesIt(simulator, 'streaming')
  })

  it('when a line has no end', async () => {
    const { simulator, client } = await withSimulator(
      { faults: 'endless-line after=3' },
      { maxEventBytes: 10_000 },
    )
    expect((await settled(client.stream(request))).error).toMatchObject({ kind: 'too-large' })
    await closesIt(simulator, 'streaming')
  })
})

it('leaves the end of a sound answer to the server', async () => {
  const { simulator, client } = await withSimulator({})
  expect((await settled(client.stream(request))).end).toBe('complete')
  expect(await onlyEntryOf(simulator).closed).toMatchObject({ closedBy: 'server', phase: 'ended' })
})
