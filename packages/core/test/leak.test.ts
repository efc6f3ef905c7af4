import { getEventListeners } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startSimulator } from '@chatstream/simulator'
import { describe, expect, it } from 'vitest'
import { createChatClient } from '../src/create-chat-client.js'
import type { Fetch } from '../src/http/fetch-response.js'
import { createChatSession } from '../src/session/create-chat-session.js'
import { bytesOf } from './cut-bytes.js'
import { COST, content, DONE, finish } from './frames.js'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

/** The same numbers in each run. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const nextTask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** What is left on the heap, in bytes, once everything is gone that nobody holds. */
async function heapUsed(): Promise<number> {
  for (let round = 0; round < 6; round++) {
    await nextTask()
    gc()
  }
  return process.memoryUsage().heapUsed
}

/** What keeps the process alive: timers, sockets, requests. */
const resources = (...kinds: readonly string[]): number =>
  process.getActiveResourcesInfo().filter((kind) => kinds.includes(kind)).length

const chunks = [
  ...Array.from({ length: 8 }, (_, at) => content(`word ${at} `)),
  finish('stop'),
  DONE,
  COST,
].map(bytesOf)

/** A server in the process: real streams, an event at a time. */
const fetch: Fetch = async () => {
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await Promise.resolve()
      const chunk = chunks[at++]
      if (chunk === undefined) controller.close()
      else controller.enqueue(chunk)
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

describe('many streams in a row', () => {
  it('leave no listener, no timer and no message behind, a third of them aborted anywhere', async () => {
    const random = createRandom(1)
    const client = createChatClient({ baseURL: 'https://fake.example/v1', fetch })
    const ends = { complete: 0, aborted: 0 }
    const shared = new AbortController().signal

    const streamOnce = async (): Promise<void> => {
      const isAborted = random() < 1 / 3
      // Turns of the event loop, from before the request to after the cost.
      const controller = new AbortController()
      const left = isAborted ? Math.floor(random() * 12) : Number.POSITIVE_INFINITY
      let events = 0
      await new Promise<void>((resolve, reject) => {
        const signal = isAborted ? controller.signal : shared
        client.stream({ model: 'm', messages: [{ role: 'user', content: 'Hello' }] }, { signal }).subscribe({
          next: () => {
            if (events++ === left) controller.abort()
          },
          error: reject,
          complete: resolve,
        })
        if (left === 0) controller.abort()
      })
      ends[controller.signal.aborted ? 'aborted' : 'complete']++
      expect(getEventListeners(controller.signal, 'abort').length).toBe(0)
    }

    for (let count = 0; count < 1000; count++) await streamOnce()
    const timers = resources('Timeout')
    const before = await heapUsed()
    for (let count = 0; count < 10_000; count++) await streamOnce()
    const after = await heapUsed()
    expect(ends.aborted).toBeGreaterThan(2000)
    expect(ends.complete).toBeGreaterThan(6000)
    expect(getEventListeners(shared, 'abort').length).toBe(0)
    expect(resources('Timeout')).toBeLessThanOrEqual(timers)
    // 100 bytes for each stream would be a leak.
    expect(after - before).toBeLessThan(1_000_000)
  }, 60_000)

  it('leave nothing of a message in a session that has dropped it', async () => {
    const random = createRandom(2)
    const client = createChatClient({ baseURL: 'https://fake.example/v1', fetch })
    const session = createChatSession({ client, model: 'm' })
    const dropped: WeakRef<object>[] = []
    const turn = async (): Promise<void> => {
      const sent = session.sendMessage('Hello')
      if (random() < 1 / 3) {
        for (let turns = Math.floor(random() * 20); turns > 0; turns--) await nextTask()
        session.stop()
      }
      await sent
      for (const message of session.getState().messages) dropped.push(new WeakRef(message))
      session.setMessages([])
    }
    for (let count = 0; count < 200; count++) await turn()
    const before = await heapUsed()
    for (let count = 0; count < 1000; count++) await turn()
    dropped.splice(0, dropped.length - 500)
    session.stop()
    const after = await heapUsed()
    expect(dropped.filter((message) => message.deref() !== undefined).length).toBeLessThan(20)
    expect(after - before).toBeLessThan(1_000_000)
    expect(resources('Timeout')).toBe(0)
    session.dispose()
  }, 60_000)

  it('leave no session behind that was disposed of, whatever it was doing', async () => {
    const client = createChatClient({ baseURL: 'https://fake.example/v1', fetch })
    const gone: WeakRef<object>[] = []
    for (let count = 0; count < 200; count++) {
      const session = createChatSession({ client, model: 'm' })
      gone.push(new WeakRef(session))
      void session.sendMessage('Hello')
      void session.sendMessage('Hello again')
      for (let turns = count % 20; turns > 0; turns--) await nextTask()
      session.dispose()
    }
    await heapUsed()
    expect(gone.filter((session) => session.deref() !== undefined).length).toBeLessThan(5)
  })

  it('leave no socket behind', async () => {
    const random = createRandom(3)
    const simulator = await startSimulator()
    const client = createChatClient({ baseURL: simulator.url, apiKey: 'any' })
    const sockets = resources('TCPSocketWrap')
    for (let count = 0; count < 300; count++) {
      const isAborted = random() < 1 / 3
      const controller = new AbortController()
      const left = Math.floor(random() * 30)
      let events = 0
      await new Promise<void>((resolve, reject) => {
        client
          .stream(
            {
              model: 'deepseek-chat',
              messages: [{ role: 'user', content: isAborted ? '[[fault stall after=9]] Hello' : 'Hello' }],
            },
            { signal: controller.signal },
          )
          .subscribe({
            next: () => {
              if (isAborted && events++ >= Math.min(left, 8)) controller.abort()
            },
            error: reject,
            complete: resolve,
          })
      })
    }
    const { entries } = simulator.journal
    await Promise.all(entries.map(({ closed }) => closed))
    expect(entries.filter(({ closedBy }) => closedBy === 'client').length).toBeGreaterThan(50)
    expect(entries.every(({ closedBy }) => closedBy !== undefined)).toBe(true)
    await simulator.close()
    await nextTask()
    await nextTask()
    expect(resources('TCPSocketWrap')).toBeLessThanOrEqual(sockets)
  }, 30_000)
})
