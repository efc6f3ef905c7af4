import { Observable, type OperatorFunction, takeWhile } from 'rxjs'

/** One step of the pipe: takes what comes, and emits none, one or many for it. What it throws ends the stream. */
export interface Stage<In> {
  next(value: In): void
  /** The source has ended, well or badly: hand on what is still held back. */
  flush?(): void
  /** The source has ended well: the last chance to object. */
  complete?(): void
}

/**
 * Makes an operator of a stage. The stage is made anew for each subscription, so its variables are the subscription's own.
 */
export const operatorOf =
  <In, Out>(createStage: (emit: (value: Out) => void) => Stage<In>): OperatorFunction<In, Out> =>
  (source) =>
    new Observable((subscriber) => {
      const stage = createStage((value) => subscriber.next(value))
      const attempt = (step: () => void): boolean => {
        try {
          step()
        } catch (error) {
          subscriber.error(error)
        }
        return !subscriber.closed
      }
      // A source that emits while it is being subscribed to cannot be unsubscribed from yet: it is told by `takeWhile`.
      return source.pipe(takeWhile(() => !subscriber.closed)).subscribe({
        next: (value) => {
          try {
            stage.next(value)
          } catch (error) {
            subscriber.error(error)
          }
        },
        error: (error) => {
          if (attempt(() => stage.flush?.())) subscriber.error(error)
        },
        complete: () => {
          if (attempt(() => stage.flush?.()) && attempt(() => stage.complete?.())) subscriber.complete()
        },
      })
    })
