import { describe, expect, it, vi } from 'vitest'
import type { LifecycleClientOptions, LifecycleHarness, ShownState } from './harness.js'
import { openScene, type Scene } from './open-scene.js'
import { textOf } from './text-of.js'

const hasEnded = ({ status, messages }: ShownState): boolean =>
  messages.length > 0 && (status === 'ready' || status === 'error')

export function describeAttempts(harness: LifecycleHarness): void {
  const ask = async (
    faults: string,
    options: (scene: Pick<Scene, 'baseURL' | 'fallbackURL'>) => Partial<LifecycleClientOptions> = () => ({}),
  ) => {
    const scene = await openScene(harness, options)
    scene.send('Hello', faults)
    const state = await scene.stateWhere(hasEnded)
    await scene.quiet()
    return { ...scene, state, sent: await scene.requests() }
  }

  /** One answer, and nothing of it twice. */
  const isWhole = ({ status, error, messages }: ShownState): void => {
    expect({ status, error }).toEqual({ status: 'ready', error: undefined })
    expect(messages.map(({ role, state }) => [role, state])).toEqual([
      ['user', 'complete'],
      ['assistant', 'complete'],
    ])
    const text = textOf(messages[1])
    expect(text.length).toBeGreaterThan(10)
    expect(text.indexOf(text.slice(0, 10), 1)).toBe(-1)
  }

  /** What came of it is kept, and why there is no more is told. */
  const hasFailed = (
    { status, error, messages }: ShownState,
    kind: string,
    content: 'nothing' | 'part',
  ): void => {
    expect(status).toBe('error')
    expect(error).toMatchObject({ kind })
    expect(messages.map(({ role, state }) => [role, state])).toEqual([
      ['user', 'complete'],
      ...(content === 'part' ? [['assistant', 'failed']] : []),
    ])
    if (content === 'part') expect(textOf(messages[1])).not.toBe('')
  }

  describe('an error', () => {
    it('is told before the request, which is not sent', async () => {
      const { state, sent } = await ask('stall', () => ({
        apiKey: () => Promise.reject(new Error('no key')),
      }))
      hasFailed(state, 'authentication', 'nothing')
      expect(sent.length).toBe(0)
    })

    it.each([
      ['before the headers', 'status code=400', 'http', 'nothing'],
      ['before the first piece', 'error-frame code=400', 'http', 'nothing'],
      ['in mid-stream', 'error-frame after=3 code=500', 'upstream', 'part'],
      ['at what should be [DONE]', 'no-done, no-finish-reason', 'truncated', 'part'],
    ] as const)('is told %s, once, with what had come', async (_, faults, kind, content) => {
      const { state, states, sent } = await ask(faults)
      hasFailed(state, kind, content)
      expect(states.filter(({ status }) => status === 'error').length).toBe(1)
      expect(sent.length).toBe(1)
    })

    // A reset that comes with the bytes would take them away, as it does in a browser.
    it('is told in mid-stream, as a broken connection, once, with what had come', async () => {
      const { send, states, stateWhere, requests, reset } = await openScene(harness)
      send('Hello', 'stall after=3')
      await stateWhere(({ messages }) => textOf(messages.at(1)) !== '')
      await reset()
      hasFailed(await stateWhere(hasEnded), 'network', 'part')
      expect(states.filter(({ status }) => status === 'error').length).toBe(1)
      expect((await requests()).length).toBe(1)
    })

    it('is none in the drain: the answer is whole, and the connection closed', async () => {
      const { state, requestsWhere } = await ask('open-end', () => ({ timeouts: { drainMs: 20 } }))
      isWhole(state)
      await requestsWhere(([request]) => request?.closedBy === 'client')
    })

    it('is gone with the next message', async () => {
      const { send, stateWhere } = await ask('status code=400')
      send('Hello again')
      await stateWhere(({ status, error }) => status === 'submitted' && error === undefined)
      await stateWhere(({ status, error }) => status === 'ready' && error === undefined)
    })
  })

  describe('a failure that may pass', () => {
    it.each([
      ['before the headers', 'status code=503'],
      ['before the first piece', 'error-frame code=503'],
    ])('is tried again %s', async (_, faults) => {
      const { state, sent } = await ask(faults)
      isWhole(state)
      if (harness.hasReports) expect(state.messages[1]?.report).toMatchObject({ attempts: 2 })
      expect(sent.length).toBe(2)
    })

    it.each([
      ['in mid-stream', 'error-frame after=3 code=503', 'upstream'],
      ['at what should be [DONE]', 'no-done, no-finish-reason', 'truncated'],
    ])('is not tried again %s: nothing is said twice', async (_, faults, kind) => {
      const { state, sent } = await ask(faults)
      hasFailed(state, kind, 'part')
      expect(sent.length).toBe(1)
    })
  })

  describe('a refused key', () => {
    it.each([
      ['before the headers', 'unauthorized'],
      ['before the first piece', 'error-frame code=401'],
    ])('is refreshed once %s', async (_, faults) => {
      const refreshApiKey = vi.fn(async () => 'new-key')
      const { state, sent } = await ask(faults, () => ({ refreshApiKey }))
      isWhole(state)
      expect(refreshApiKey).toHaveBeenCalledTimes(1)
      expect(sent.map(({ key }) => key)).toEqual(['key', 'new-key'])
    })

    it('is not refreshed in mid-stream', async () => {
      const refreshApiKey = vi.fn(async () => 'new-key')
      const { state, sent } = await ask('error-frame after=3 code=401', () => ({ refreshApiKey }))
      hasFailed(state, 'authentication', 'part')
      expect(refreshApiKey).not.toHaveBeenCalled()
      expect(sent.length).toBe(1)
    })

    it('is told when it is refused again', async () => {
      const refreshApiKey = vi.fn(async () => 'new-key')
      const { state, sent } = await ask('stall', () => ({
        refreshApiKey,
        headers: { 'x-simulator-fault': 'unauthorized always' },
      }))
      hasFailed(state, 'authentication', 'nothing')
      expect(refreshApiKey).toHaveBeenCalledTimes(1)
      expect(sent.length).toBe(2)
    })
  })

  describe('a failing endpoint', () => {
    const withFallback =
      (faults: string) =>
      ({ fallbackURL }: Pick<Scene, 'fallbackURL'>): Partial<LifecycleClientOptions> => ({
        headers: { 'x-simulator-fault': faults },
        fallbacks: [{ baseURL: fallbackURL, apiKey: 'fallback-key' }],
      })

    it.each([
      ['before the headers', 'status code=500'],
      ['before the first piece', 'error-frame code=500'],
    ])('is replaced %s', async (_, faults) => {
      const { state, sent, fallbackURL } = await ask('no-cost', withFallback(faults))
      isWhole(state)
      const report = { endpoint: fallbackURL, attempts: 2 }
      if (harness.hasReports) expect(state.messages[1]?.report).toMatchObject(report)
      expect(sent.map(({ key, path }) => [key, path.includes('fallback')])).toEqual([
        ['key', false],
        ['fallback-key', true],
      ])
    })

    it('is not replaced in mid-stream', async () => {
      const { state, sent } = await ask('no-cost', withFallback('error-frame after=3 code=500'))
      hasFailed(state, 'upstream', 'part')
      expect(sent.length).toBe(1)
    })

    it('is not replaced in the drain', async () => {
      const { state, sent } = await ask('open-end', (scene) => ({
        ...withFallback('no-cost')(scene),
        timeouts: { drainMs: 20 },
      }))
      isWhole(state)
      expect(sent.length).toBe(1)
    })
  })
}
