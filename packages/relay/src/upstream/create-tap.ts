import type { ServerSentEvent } from '@chatstream/core'
import { parseSse } from '@chatstream/core/sse'
import { type MonoTypeOperatorFunction, Observable, Subject, Subscriber } from 'rxjs'
import { createUnitSplitter } from '../wire/create-unit-splitter.js'
import { firstUnits, listUnits, type Units } from '../wire/units.js'
import { readThrough } from './read-through.js'

export interface TapOptions {
  /** Units of the answer, once it is certain that they are of it. */
  readonly onUnits: (units: Units) => void
  readonly maxUnitBytes: number
}

/** Listens in on what core reads of the upstream's answer. */
export interface Tap {
  /** Puts itself between the response of the next attempt and its reader. What was held of the last one is dropped. */
  readonly attach: (response: Response) => Response
  /** Counts the events and comments that core has read without an error. */
  readonly count: MonoTypeOperatorFunction<ServerSentEvent>
  /** The answer has begun, so what was held may go, and no other attempt follows. */
  readonly commit: () => void
  /** Core reads no more: what it has read last is part of the answer, up to what it stumbled over. */
  readonly stop: () => void
  /** What came last and is no whole unit. */
  readonly rest: () => Uint8Array
}

/**
 * The bytes of an answer go to core first, whole units at a time. When core asks for more it has read the last ones
 * without an error: only then they go on to the client. So refresh, retry and failover are core's, and yet the bytes are
 * the upstream's; the unit that core stumbles over is the one that is not passed on.
 */
export function createTap({ onUnits, maxUnitBytes }: TapOptions): Tap {
  let held: Units[] = []
  let current: Units | undefined
  /** How many events and comments of these core has read. */
  let read = 0
  let isFirst = true
  let splitter = createUnitSplitter()
  let isCommitted = false

  const settle = (units = current): void => {
    current = undefined
    read = 0
    if (units === undefined) return
    isFirst = false
    if (isCommitted) onUnits(units)
    else held.push(units)
  }
  const commit = (): void => {
    if (isCommitted) return
    isCommitted = true
    for (const units of held) onUnits(units)
    held = []
  }

  return {
    attach(response) {
      held = []
      current = undefined
      read = 0
      isFirst = true
      splitter = createUnitSplitter()
      let hasEnded = false
      return readThrough(response, async (more) => {
        settle()
        while (!hasEnded) {
          const { done, value } = await more()
          if (done) {
            hasEnded = true
            // Core tells whether an answer may end like this.
            return splitter.held() > 0 ? splitter.rest() : undefined
          }
          current = splitter.push(value)
          if (current !== undefined) return current.bytes
          if (splitter.held() > maxUnitBytes) throw new Error('An event without end.')
        }
        return undefined
      })
    },
    count: (source) =>
      new Observable((subscriber) => {
        const inner = new Subscriber<ServerSentEvent>(subscriber)
        inner.next = (event) => {
          subscriber.next(event)
          read++
        }
        return source.subscribe(inner)
      }),
    commit,
    stop() {
      if (current !== undefined) settle(firstUnits(current, unitsOf(current, read, isFirst)))
    },
    rest: () => splitter.rest(),
  }
}

/** Of how many units these are all events and comments: the next one has one more. */
function unitsOf(units: Units, count: number, isFirst: boolean): number {
  const bytes$ = new Subject<Uint8Array>()
  let seen = 0
  bytes$.pipe(parseSse({ errorField: true, maxEventBytes: units.bytes.length })).subscribe(() => seen++)
  // A byte order mark is one at the very start only.
  if (!isFirst) bytes$.next(new Uint8Array([0x0a]))
  const beyond = listUnits(units).findIndex(({ bytes }) => {
    bytes$.next(bytes)
    return seen > count
  })
  return beyond === -1 ? units.ends.length : beyond
}
