import type { Observable } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { COST, content, DONE, finish } from '../../test/frames.js'
import { respondWith } from '../../test/respond-with.js'
import { type ChatClientOptions, createChatClient } from '../create-chat-client.js'
import type { ChatEvent } from '../event/chat-event.js'
import { type Demand, presentDemand, withDemand } from './demand.js'
import type { Fetch } from './fetch-response.js'

/** A reader that wants one chunk each time it is asked to go on. */
function createReader() {
  let goOn = (): void => {}
  let wanted: Promise<void> | undefined
  const demand: Demand = () => wanted
  return {
    demand,
    hold() {
      wanted = new Promise((resolve) => {
        goOn = () => {
          wanted = undefined
          resolve()
        }
      })
    },
    goOn: () => goOn(),
  }
}

const chunks = [content('a'), content('b'), content('c'), finish('stop'), DONE + COST]
const request = { model: 'm', messages: [] }
const isText = ({ type }: ChatEvent): boolean => type === 'text-delta'

const subscribeWith = (demand: Demand, stream$: Observable<ChatEvent>) => {
  const seen = { events: [] as ChatEvent[], error: undefined as unknown, isOver: false }
  withDemand(demand, () =>
    stream$.subscribe({
      next: (event) => seen.events.push(event),
      error: (error: unknown) => {
        seen.error = error
      },
      complete: () => {
        seen.isOver = true
      },
    }),
  )
  return { seen, texts: () => seen.events.filter(isText).length }
}

const stream = (fetch: Fetch, options: ChatClientOptions = {}): Observable<ChatEvent> =>
  createChatClient({ baseURL: 'https://fake.example/v1', fetch, ...options }).stream(request)

/** What waits for nothing but its turn has had it. */
const idle = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => {})

describe('demand', () => {
  it('is that of whoever is subscribing, and of nobody afterwards', () => {
    const outer: Demand = () => undefined
    const inner: Demand = () => undefined
    const seen: unknown[] = []
    withDemand(outer, () => {
      withDemand(inner, () => seen.push(presentDemand()))
      seen.push(presentDemand())
      expect(() =>
        withDemand(inner, () => {
          throw new Error('no')
        }),
      ).toThrow('no')
      seen.push(presentDemand())
    })
    expect(seen).toEqual([inner, outer, outer])
    expect(presentDemand()).toBeUndefined()
  })

  describe('holds the reading back', () => {
    beforeEach(() => void vi.useFakeTimers())
    afterEach(() => void vi.useRealTimers())

    it('before each chunk', async () => {
      const { demand, hold, goOn } = createReader()
      hold()
      const { seen, texts } = subscribeWith(demand, stream(respondWith(chunks)))
      for (const count of [0, 1, 2, 3]) {
        await idle()
        expect(texts()).toBe(count)
        goOn()
        hold()
      }
      goOn()
      await idle()
      expect(seen.isOver).toBe(true)
    })

    it.each<[string, Fetch, ChatClientOptions]>([
      ['after a backoff', respondWith([], { status: 503 }), {}],
      [
        'with a refreshed key',
        respondWith([], { status: 401 }),
        { apiKey: 'old', refreshApiKey: async () => 'new' },
      ],
      [
        'at another endpoint',
        respondWith([], { status: 503 }),
        { fallbacks: [{ baseURL: 'https://other.example/v1' }] },
      ],
    ])('of a later attempt, too: %s', async (_, first, options) => {
      let requests = 0
      const fetch: Fetch = (url, init) => (requests++ === 0 ? first : respondWith(chunks))(url, init)
      const { demand, hold, goOn } = createReader()
      hold()
      const { seen, texts } = subscribeWith(demand, stream(fetch, options))
      await vi.advanceTimersByTimeAsync(1000)
      expect(requests).toBe(2)
      expect(texts()).toBe(0)
      goOn()
      await idle()
      expect(texts()).toBe(3)
      expect(seen.isOver).toBe(true)
    })

    it('without the clock for the next piece running out', async () => {
      const { demand, hold, goOn } = createReader()
      const fetch = respondWith(chunks.slice(0, 2), { after: 'stay open' })
      const stream$ = stream(fetch, { retry: false, timeouts: { idleMs: 100 } })
      hold()
      const { seen, texts } = subscribeWith(demand, stream$)
      await idle()
      goOn()
      hold()
      await vi.advanceTimersByTimeAsync(1000)
      expect(texts()).toBe(1)
      expect(seen.error).toBeUndefined()
      goOn()
      await vi.advanceTimersByTimeAsync(101)
      expect(texts()).toBe(2)
      expect(seen.error).toMatchObject({ kind: 'timeout', message: 'No more content came for 100 ms.' })
    })

    it('without the cost being given up', async () => {
      const { demand, hold, goOn } = createReader()
      const stream$ = stream(respondWith([content('a') + DONE, COST]), { timeouts: { drainMs: 100 } })
      hold()
      const { seen } = subscribeWith(demand, stream$)
      await idle()
      goOn()
      hold()
      await vi.advanceTimersByTimeAsync(1000)
      expect(seen.events.at(-1)).toEqual({ type: 'answer-end' })
      expect(seen.isOver).toBe(false)
      goOn()
      await idle()
      expect(seen.events.at(-1)).toMatchObject({ type: 'cost' })
      expect(seen.isOver).toBe(true)
    })

    it('and after it the cost is waited for as long as ever', async () => {
      const { demand, hold, goOn } = createReader()
      const fetch = respondWith([content('a') + DONE], { after: 'stay open' })
      hold()
      const { seen } = subscribeWith(demand, stream(fetch, { timeouts: { drainMs: 100 } }))
      await idle()
      goOn()
      hold()
      await vi.advanceTimersByTimeAsync(1000)
      goOn()
      await vi.advanceTimersByTimeAsync(99)
      expect(seen.isOver).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(seen.isOver).toBe(true)
    })
  })
})
