import type { MonoTypeOperatorFunction } from 'rxjs'
import { operatorOf } from '../operator-of.js'

/** Completes, and so closes the connection, when the signal aborts: cancelling is not an error. */
export const untilAborted = <T>(signal: AbortSignal): MonoTypeOperatorFunction<T> =>
  operatorOf((subscriber) => {
    const abort = (): void => subscriber.complete()
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    subscriber.add(() => signal.removeEventListener('abort', abort))
    return {}
  })
