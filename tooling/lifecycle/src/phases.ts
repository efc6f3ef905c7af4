import type { Gate } from './gate.js'
import type { LifecycleClientOptions, ShownState } from './harness.js'
import type { Scene } from './open-scene.js'
import { textOf } from './text-of.js'

/** A moment in the life of an answer, in which something may happen to it. */
export interface Phase {
  readonly name: string
  /** What keeps the server there. */
  readonly faults?: string
  /** What keeps the client there. */
  readonly options?: (gate: Gate) => Partial<LifecycleClientOptions>
  /** Does something as soon as the phase is reached. */
  readonly reach: (scene: Scene, gate: Gate, act: () => void) => Promise<void>
  /** Requests that were sent by then, and whether the last one is still open. */
  readonly sent: 0 | 1
  readonly isOpen: boolean
  /** What has come of the answer by then. */
  readonly content: 'nothing' | 'part' | 'whole'
}

const isWhole = ({ messages, status }: ShownState): boolean =>
  status === 'ready' && messages.at(-1)?.role === 'assistant'

/** Acts once what is waited for has come. */
const after =
  (arrived: (scene: Scene, gate: Gate) => Promise<unknown>): Phase['reach'] =>
  async (scene, gate, act) => {
    await arrived(scene, gate)
    act()
  }

/** From the sending to the end of the body. */
export const phases: readonly Phase[] = [
  {
    name: 'before the request',
    options: ({ pass }) => ({ apiKey: () => pass('key') }),
    reach: after((_, { reached }) => reached),
    sent: 0,
    isOpen: false,
    content: 'nothing',
  },
  {
    name: 'before the headers',
    faults: 'stall before-headers',
    reach: after(({ requestsWhere }) => requestsWhere(([request]) => request !== undefined)),
    sent: 1,
    isOpen: true,
    content: 'nothing',
  },
  {
    name: 'before the first piece',
    faults: 'stall',
    reach: after(({ requestsWhere }) => requestsWhere(([request]) => request?.status === 200)),
    sent: 1,
    isOpen: true,
    content: 'nothing',
  },
  {
    name: 'in mid-stream',
    faults: 'stall after=3',
    reach: after(({ stateWhere }) => stateWhere(({ messages }) => textOf(messages.at(1)) !== '')),
    sent: 1,
    isOpen: true,
    content: 'part',
  },
  {
    name: 'at [DONE]',
    faults: 'open-end',
    // While the binding still tells of it.
    reach: async ({ stateWhere }, _, act) => {
      let hasActed = false
      await stateWhere((state) => {
        if (hasActed || !isWhole(state)) return hasActed
        hasActed = true
        act()
        return true
      })
    },
    sent: 1,
    isOpen: true,
    content: 'whole',
  },
  {
    name: 'in the drain',
    faults: 'open-end',
    reach: after(async ({ stateWhere, requestsWhere }) => {
      await stateWhere(isWhole)
      await requestsWhere(([request]) => request?.phase === 'done-sent')
    }),
    sent: 1,
    isOpen: true,
    content: 'whole',
  },
]

/** Between two requests. */
export const waits: readonly Phase[] = [
  {
    name: 'while the key is refreshed',
    faults: 'unauthorized',
    options: ({ pass }) => ({ refreshApiKey: () => pass('new-key') }),
    reach: after((_, { reached }) => reached),
    sent: 1,
    isOpen: false,
    content: 'nothing',
  },
  {
    name: 'in the backoff',
    faults: 'rate-limit after=50',
    reach: after(({ stateWhere }) => stateWhere(({ attempt }) => attempt?.error !== undefined)),
    sent: 1,
    isOpen: false,
    content: 'nothing',
  },
]
