import { describe, expect, it, vi } from 'vitest'
import { createKeyring } from './create-keyring.js'

describe('createKeyring', () => {
  it('gives the fixed key, or none, or what the function says at each chain', async () => {
    expect(await createKeyring('A', undefined).createHolder().apiKey()).toBe('A')
    expect(await createKeyring(undefined, undefined).createHolder().apiKey()).toBeUndefined()
    const keys = ['A', 'B']
    const keyring = createKeyring(() => keys.shift(), undefined)
    expect(await keyring.createHolder().apiKey()).toBe('A')
    expect(await keyring.createHolder().apiKey()).toBe('B')
  })

  it('asks a function before each request of a chain, until a key was refreshed', async () => {
    const keys = ['A', 'B', 'C']
    const holder = createKeyring(
      () => keys.shift(),
      () => 'R',
    ).createHolder()
    expect([await holder.apiKey(), await holder.apiKey()]).toEqual(['A', 'B'])
    await holder.refresh()
    expect([await holder.apiKey(), await holder.apiKey()]).toEqual(['R', 'R'])
  })

  it('knows whether it can refresh', () => {
    expect(createKeyring('A', undefined).canRefresh).toBe(false)
    expect(createKeyring('A', () => 'B').canRefresh).toBe(true)
  })

  it('shares one refresh among chains that are refused at the same time', async () => {
    let give = (_: string): void => {}
    const refresh = vi.fn(() => new Promise<string>((resolve) => (give = resolve)))
    const keyring = createKeyring('A', refresh)
    const holders = Array.from({ length: 20 }, () => keyring.createHolder())
    await Promise.all(holders.map((holder) => holder.apiKey()))
    const refreshing = Promise.all(holders.map((holder) => holder.refresh()))
    await vi.waitFor(() => expect(refresh).toHaveBeenCalled())
    give('B')
    await refreshing
    expect(refresh).toHaveBeenCalledTimes(1)
    expect(await Promise.all(holders.map((holder) => holder.apiKey()))).toEqual(holders.map(() => 'B'))
  })

  it('gives a chain that is refused late the key that another one has got since', async () => {
    const refresh = vi.fn(async () => 'B')
    const keyring = createKeyring('A', refresh)
    const [early, late] = [keyring.createHolder(), keyring.createHolder()]
    await Promise.all([early.apiKey(), late.apiKey()])
    await early.refresh()
    await late.refresh()
    expect(await late.apiKey()).toBe('B')
    expect(refresh).toHaveBeenCalledTimes(1)
  })

  it('keeps the refreshed key for the chains to come', async () => {
    const keys = ['B', 'C']
    const keyring = createKeyring('A', () => keys.shift() ?? '')
    const first = keyring.createHolder()
    await first.apiKey()
    await first.refresh()
    const second = keyring.createHolder()
    expect(await second.apiKey()).toBe('B')
    await second.refresh()
    expect(await keyring.createHolder().apiKey()).toBe('C')
    expect(await first.apiKey()).toBe('B')
  })

  it('gives a chain that was refused before two refreshes the last key', async () => {
    const keys = ['B', 'C']
    const refresh = vi.fn(() => keys.shift() ?? '')
    const keyring = createKeyring('A', refresh)
    const late = keyring.createHolder()
    await late.apiKey()
    for (let times = 0; times < 2; times++) {
      const holder = keyring.createHolder()
      await holder.apiKey()
      await holder.refresh()
    }
    await late.refresh()
    expect(await late.apiKey()).toBe('C')
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  it('asks a function anew in the next chain: it may answer for another user by then', async () => {
    const keys = ['A', 'X']
    const keyring = createKeyring(
      () => keys.shift(),
      () => 'B',
    )
    const first = keyring.createHolder()
    await first.apiKey()
    await first.refresh()
    expect(await first.apiKey()).toBe('B')
    expect(await keyring.createHolder().apiKey()).toBe('X')
  })

  it('refreshes again when a function goes on giving the key that was refused', async () => {
    const keys = ['B', 'C']
    const refresh = vi.fn(() => keys.shift() ?? '')
    const keyring = createKeyring(() => 'A', refresh)
    for (const key of ['B', 'C']) {
      const holder = keyring.createHolder()
      await holder.apiKey()
      await holder.refresh()
      expect(await holder.apiKey()).toBe(key)
    }
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  it('asks again after a refresh that gave the same key', async () => {
    const refresh = vi.fn(() => 'A')
    const keyring = createKeyring('A', refresh)
    const [first, second] = [keyring.createHolder(), keyring.createHolder()]
    await first.apiKey()
    await first.refresh()
    expect(await first.apiKey()).toBe('A')
    await second.apiKey()
    await second.refresh()
    expect(refresh).toHaveBeenCalledTimes(2)
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('offline')
      },
      new Error('offline'),
    ],
    ['rejects', () => Promise.reject(new Error('offline')), new Error('offline')],
    ['gives an empty key', () => '', undefined],
    ['gives no key', () => undefined as unknown as string, undefined],
    ['gives what is no string', () => ({ key: 'B' }) as unknown as string, undefined],
  ])(
    'says so to all that wait if refreshApiKey %s, and asks again the next time',
    async (_, fails, cause) => {
      const refresh = vi.fn<() => string | Promise<string>>(fails)
      const keyring = createKeyring('A', refresh)
      const holders = [keyring.createHolder(), keyring.createHolder()]
      await Promise.all(holders.map((holder) => holder.apiKey()))
      const ends = await Promise.allSettled(holders.map((holder) => holder.refresh()))
      for (const end of ends) {
        expect(end).toMatchObject({ reason: { kind: 'authentication', status: 401, retryable: false } })
        expect((end as PromiseRejectedResult).reason.cause).toEqual(cause)
      }
      expect(refresh).toHaveBeenCalledTimes(1)
      refresh.mockImplementation(() => 'B')
      await holders[0]?.refresh()
      expect(await holders[0]?.apiKey()).toBe('B')
    },
  )
})
