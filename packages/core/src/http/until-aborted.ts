import { defer, EMPTY, fromEvent, type MonoTypeOperatorFunction, takeUntil } from 'rxjs'

/** Completes, and so closes the connection, when the signal aborts: cancelling is not an error. */
export const untilAborted =
  <T>(signal: AbortSignal): MonoTypeOperatorFunction<T> =>
  (source) =>
    defer(() => (signal.aborted ? EMPTY : source.pipe(takeUntil(fromEvent(signal, 'abort')))))
