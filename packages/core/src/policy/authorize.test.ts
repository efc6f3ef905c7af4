import { concat, defer, NEVER, type Observable, of, throwError } from 'rxjs'
import { describe, expect, it, vi } from 'vitest'
import { settled } from '../../test/collect.js'
import { attemptFailed, events, keyRefused, unavailable } from '../../test/event-marbles.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { authorize } from './authorize.js'
import { retry } from './retry.js'

const { s, r, t, d } = events
const failed = attemptFailed(keyRefused)
const fails = (error: ChatStreamError): Observable<ChatEvent> =>
  concat(
    of(s),
    throwError(() => error),
  )
const answers: Observable<ChatEvent> = of(s, r, t, d)

/** Each subscription gets the next of these. */
const inTurn = (...sources: readonly Observable<ChatEvent>[]): Observable<ChatEvent> => {
  let count = 0
  return defer(() => sources[count++] as Observable<ChatEvent>)
}

const holderOf = (refresh: () => Promise<void>) => ({ apiKey: async () => 'key', refresh: vi.fn(refresh) })

describe('authorize', () => {
  it('refreshes a refused key, and sends the request again', async () => {
    const holder = holderOf(async () => {})
    const { values, end } = await settled(inTurn(fails(keyRefused), answers).pipe(authorize(holder)))
    expect({ values, end }).toEqual({ values: [s, failed, s, r, t, d], end: 'complete' })
    expect(holder.refresh).toHaveBeenCalledTimes(1)
  })

  it('tells a second refusal', async () => {
    const holder = holderOf(async () => {})
    const { values, error } = await settled(
      inTurn(fails(keyRefused), fails(keyRefused)).pipe(authorize(holder)),
    )
    expect(values).toEqual([s, failed, s])
    expect(error).toBe(keyRefused)
    expect(holder.refresh).toHaveBeenCalledTimes(1)
  })

  it('refreshes once in a chain, whatever is retried in it', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0)
    const holder = holderOf(async () => {})
    const source$ = inTurn(fails(keyRefused), fails(unavailable), fails(keyRefused))
    const { error } = await settled(source$.pipe(authorize(holder), retry()))
    expect(error).toBe(keyRefused)
    expect(holder.refresh).toHaveBeenCalledTimes(1)
    vi.restoreAllMocks()
  })

  it.each([
    ['another failure', unavailable],
    ['a key that could not be got', new ChatStreamError('authentication', 'no key')],
    ['a refused permission', new ChatStreamError('http', 'forbidden', { status: 403 })],
  ])('leaves %s alone', async (_, error) => {
    const holder = holderOf(async () => {})
    expect((await settled(fails(error).pipe(authorize(holder)))).error).toBe(error)
    expect(holder.refresh).not.toHaveBeenCalled()
  })

  it('does not refresh once content has come', async () => {
    const holder = holderOf(async () => {})
    const source$ = concat(
      of(s, r, t),
      throwError(() => keyRefused),
    )
    expect((await settled(source$.pipe(authorize(holder)))).error).toBe(keyRefused)
    expect(holder.refresh).not.toHaveBeenCalled()
  })

  it('tells why the refresh failed', async () => {
    const noKey = new ChatStreamError('authentication', 'no new key', { status: 401 })
    const holder = holderOf(() => Promise.reject(noKey))
    const { values, error } = await settled(inTurn(fails(keyRefused), answers).pipe(authorize(holder)))
    expect({ values, error }).toEqual({ values: [s, failed], error: noKey })
  })

  it('sends nothing if its subscriber leaves while the key is refreshed', async () => {
    let refreshed = (): void => {}
    const holder = holderOf(() => new Promise((resolve) => (refreshed = resolve)))
    const again = vi.fn(() => NEVER)
    const values: ChatEvent[] = []
    const subscription = inTurn(fails(keyRefused), defer(again))
      .pipe(authorize(holder))
      .subscribe((event) => values.push(event))
    expect(values).toEqual([s, failed])
    subscription.unsubscribe()
    refreshed()
    await holder.refresh.mock.results[0]?.value
    expect(again).not.toHaveBeenCalled()
  })
})
