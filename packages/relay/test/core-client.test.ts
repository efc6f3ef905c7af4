import { type ChatEvent, createChatClient, resumable } from '@chatstream/core'
import { startSimulator } from '@chatstream/simulator'
import { firstValueFrom, toArray } from 'rxjs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMemoryStore, createRelay } from '../src/index.js'
import { listen, say } from './start-relay.js'

describe('the client of core, with resumable', () => {
  it('gets an answer whole, and each token once, over a line that breaks again and again', async () => {
    const simulator = await startSimulator({ tokensPerSecond: 2000 })
    onTestFinished(() => simulator.close())
    const relay = createRelay({
      baseURL: simulator.url,
      apiKey: 'any',
      authorize: () => ({ id: 'ann' }),
      store: createMemoryStore(),
    })
    onTestFinished(() => relay.close({ withinMs: 0 }))
    let lines = 0
    const url = await listen(async (request, response) => {
      // Each line but the last is cut where it happens to be.
      const room = ++lines < 5 ? 3000 + lines * 77 : Number.POSITIVE_INFINITY
      let written = 0
      const write = response.write.bind(response) as (chunk: Uint8Array) => boolean
      response.write = ((chunk: Uint8Array) => {
        written += chunk.length
        if (written <= room) return write(chunk)
        write(chunk.subarray(0, 9))
        setImmediate(() => response.destroy())
        return false
      }) as typeof response.write
      await relay.node(request, response)
    })
    const client = createChatClient({ baseURL: `${url}/api`, resumable: resumable({ baseDelayMs: 1 }) })
    const events = await firstValueFrom(client.stream(say('[[tokens 150]] Go on')).pipe(toArray()))
    expect(lines).toBe(5)
    expect(simulator.journal.entries.length).toBe(1)
    const start = events.find((event) => event.type === 'response-start')
    // The same, by a line that does not break.
    const again$ = client.resume?.(start?.streamId ?? '') ?? expect.fail()
    const again = await firstValueFrom(again$.pipe(toArray()))
    const told = (all: readonly ChatEvent[]): unknown[] =>
      all.filter(({ type }) => type !== 'response-start' && type !== 'attempt-start')
    expect(told(events)).toEqual(told(again))
    expect(events.at(-1)?.type).toBe('cost')
    expect(events.length).toBeGreaterThan(150)
  })
})
