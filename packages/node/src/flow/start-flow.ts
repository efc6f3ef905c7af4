import { ChatStreamError, withDemand } from '@chatstream/core'
import { type Observable, Subscriber } from 'rxjs'
import type { Format } from '../format/format.js'
import type { BridgeOptions } from './bridge-options.js'
import { createOutflow } from './create-outflow.js'

/** Where the text goes. */
export interface Outlet {
  /** Tells whether it wants more; if not, `drained` is to be called when it does. */
  readonly write: (text: string) => boolean
  /** May an error be told in the text? Not where nothing was sent yet, and there are better ways to tell. */
  readonly mayTell: () => boolean
  /** All is written. */
  readonly complete: () => void
  /** All is written that there is, the error too, if the text can tell one and may. */
  readonly fail: (error: unknown, isTold: boolean) => void
  /** At once, without what is still held. */
  readonly abort: (error: unknown) => void
}

export interface Flow {
  readonly drained: () => void
  /** Leaves the source. */
  readonly stop: () => void
}

/** Subscribes, and lets the text of the values flow to the outlet, no faster than it takes it. */
export function startFlow<T>(
  stream$: Observable<T>,
  format: Format<T>,
  outlet: Outlet,
  { maxBufferedBytes = 2 ** 22, heartbeatMs }: BridgeOptions,
): Flow {
  let heartbeat: NodeJS.Timeout | undefined
  let isTouched = false

  const end = (): void => {
    clearTimeout(heartbeat)
  }
  const stop = (): void => {
    end()
    subscriber.unsubscribe()
    outflow.close()
  }

  const outflow = createOutflow({
    maxBufferedBytes,
    collect: () => format.flush?.() ?? '',
    write(text) {
      isTouched = true
      heartbeat?.refresh()
      try {
        return outlet.write(text)
      } catch (error) {
        stop()
        outlet.abort(error)
        return false
      }
    },
    onOverflow() {
      const message = `The reader is slower than the source: more than ${maxBufferedBytes} bytes wait (maxBufferedBytes).`
      stop()
      outlet.abort(new ChatStreamError('too-large', message))
    },
  })

  const { heartbeat: beat } = format
  if (heartbeatMs !== undefined && beat !== undefined) {
    heartbeat = setTimeout(() => {
      if (!outflow.isFull()) outflow.add(beat)
      heartbeat?.refresh()
    }, heartbeatMs)
  }

  const fail = (error: unknown): void => {
    end()
    outflow.flush()
    const isTold = format.fail !== undefined && (isTouched || outlet.mayTell())
    outflow.add((isTold ? format.fail?.(error) : format.end?.()) ?? '')
    outflow.whenEmpty(() => outlet.fail(error, isTold))
  }
  const holdsBack = format.flush !== undefined

  // Made here, so that a source can be left that emits while it is being subscribed to.
  const subscriber = new Subscriber<T>({
    next(value) {
      try {
        const text = format.write(value)
        if (text !== '' || holdsBack) outflow.add(text)
      } catch (error) {
        subscriber.unsubscribe()
        fail(error)
      }
    },
    error: fail,
    complete() {
      end()
      outflow.add(format.end?.() ?? '')
      outflow.whenEmpty(outlet.complete)
    },
  })
  withDemand(outflow.demand, () => stream$.subscribe(subscriber))

  return { drained: outflow.drained, stop }
}
