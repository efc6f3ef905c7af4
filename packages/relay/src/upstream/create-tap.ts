import { createUnitSplitter, type Unit } from '../wire/create-unit-splitter.js'

export interface TapOptions {
  /** One unit of the answer, once it is certain that it is one. */
  readonly onUnit: (unit: Unit) => void
  readonly maxUnitBytes: number
}

/** Listens in on what core reads of the upstream's answer. */
export interface Tap {
  /** Puts itself between the response of the next attempt and its reader. What was held of the last one is dropped. */
  readonly attach: (response: Response) => Response
  /** The answer has begun, so what was held may go, and no other attempt follows. */
  readonly commit: () => void
  /** The answer is whole: what core has read last is part of it. */
  readonly finish: () => void
  /** What came last and is no whole unit. */
  readonly rest: () => Uint8Array
}

/**
 * The bytes of an answer go to core first, one unit at a time. When core asks for the next one it has read the last one
 * without an error: only then that one goes on to the client. So refresh, retry and failover are core's, and yet the
 * bytes are the upstream's; the unit that core stumbles over is the one that is not passed on.
 */
export function createTap({ onUnit, maxUnitBytes }: TapOptions): Tap {
  let held: Unit[] = []
  let current: Unit | undefined
  let splitter = createUnitSplitter()
  let isCommitted = false

  const settle = (): void => {
    if (current === undefined) return
    if (isCommitted) onUnit(current)
    else held.push(current)
    current = undefined
  }
  const commit = (): void => {
    if (isCommitted) return
    isCommitted = true
    for (const unit of held) onUnit(unit)
    held = []
  }

  return {
    attach(response) {
      held = []
      current = undefined
      const reader = response.body?.getReader()
      if (reader === undefined) return response
      const units: Unit[] = []
      let hasEnded = false
      splitter = createUnitSplitter()
      const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
        settle()
        while (units.length === 0 && !hasEnded) {
          const { done, value } = await reader.read()
          if (!done) units.push(...splitter.push(value))
          else {
            hasEnded = true
            // Core tells whether an answer may end like this.
            if (splitter.held() > 0) return controller.enqueue(splitter.rest())
          }
          if (splitter.held() > maxUnitBytes && units.length === 0) throw new Error('An event without end.')
        }
        current = units.shift()
        if (current === undefined) controller.close()
        else controller.enqueue(current.bytes)
      }
      const cancel = (reason: unknown): Promise<void> => reader.cancel(reason)
      return new Response(new ReadableStream({ pull, cancel }, { highWaterMark: 0 }), response)
    },
    commit,
    finish() {
      settle()
      commit()
    },
    rest: () => splitter.rest(),
  }
}
