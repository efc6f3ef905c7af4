import { expect, onTestFinished, vi } from 'vitest'
import type { LifecycleChat, LifecycleClientOptions, LifecycleHarness, ShownState } from './harness.js'
import type { SeenRequest } from './seen-request.js'

/** One chat of one test, with a server of its own: paths and faults are no other test's. */
export interface Scene {
  readonly chat: LifecycleChat
  /** Every state that was shown since the mount. */
  readonly states: readonly ShownState[]
  /** Base URLs that lead to the simulator, and tell in the journal which one was taken. */
  readonly baseURL: string
  readonly fallbackURL: string
  readonly requests: () => Promise<readonly SeenRequest[]>
  /** Calls back with each state as it is shown, and with the present one; resolves with the first that will do. */
  readonly stateWhere: (willDo: (state: ShownState) => boolean) => Promise<ShownState>
  readonly requestsWhere: (
    willDo: (requests: readonly SeenRequest[]) => boolean,
  ) => Promise<readonly SeenRequest[]>
  /** What was going to be sent, or shown, without waiting for anything else has been by then. */
  readonly quiet: () => Promise<void>
  /** Loses the connection. */
  readonly reset: () => Promise<void>
  /** Says something; `faults` are those of the first request that says it. */
  readonly send: (text: string, faults?: string) => void
}

let count = 0

export async function openScene(
  harness: LifecycleHarness,
  optionsOf: (scene: Pick<Scene, 'baseURL' | 'fallbackURL'>) => Partial<LifecycleClientOptions> = () => ({}),
): Promise<Scene> {
  // Told apart also where several files share one simulator.
  const name = `case-${++count}-${Math.random().toString(36).slice(2, 8)}`
  const baseURL = `${harness.origin()}/${name}/v1`
  const fallbackURL = `${harness.origin()}/${name}-fallback/v1`
  const chat = await harness.mount({
    baseURL,
    apiKey: async () => 'key',
    retry: { baseDelayMs: 1 },
    timeouts: { drainMs: 60_000 },
    ...optionsOf({ baseURL, fallbackURL }),
  })
  onTestFinished(async () => {
    await (chat.dispose ?? chat.unmount ?? chat.stop)?.()
  })

  const states: ShownState[] = []
  const listeners = new Set<(state: ShownState) => void>()
  chat.onState((state) => {
    states.push(state)
    for (const listener of listeners) listener(state)
  })

  const requests = async (): Promise<readonly SeenRequest[]> =>
    (await harness.requests()).filter(({ path }) => path.startsWith(`/${name}`))

  return {
    chat,
    states,
    baseURL,
    fallbackURL,
    requests,
    stateWhere: (willDo) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          reject(new Error(`No such state was shown; the last one is ${JSON.stringify(chat.getState())}`))
        }, 4000)
        const look = (state: ShownState): void => {
          if (!willDo(state)) return
          clearTimeout(timer)
          listeners.delete(look)
          resolve(state)
        }
        listeners.add(look)
        look(chat.getState())
      }),
    requestsWhere: (willDo) =>
      vi.waitFor(
        async () => {
          const seen = await requests()
          expect(seen).toSatisfy(willDo)
          return seen
        },
        { timeout: 4000, interval: 5 },
      ),
    async quiet() {
      for (let times = 0; times < 3; times++) await (await fetch(`${harness.origin()}/v1/models`)).text()
    },
    async reset() {
      await harness.reset(`/${name}`)
    },
    send(text, faults) {
      const all = faults?.replaceAll(/(?=,|$)/g, ` times=1 key=${name}`)
      void chat.sendMessage(all === undefined ? text : `[[fault ${all}]] ${text}`)
    },
  }
}
