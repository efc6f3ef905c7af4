import { Observable, type OperatorFunction, Subscriber } from 'rxjs'

/** What an operator does in place of passing a notification on. What it throws ends the stream. */
export interface Stage<In> {
  readonly next?: (value: In) => void
  /** The source has ended, well or badly: the time to hand on what was held back. */
  readonly flush?: () => void
  readonly error?: (error: unknown) => void
  readonly complete?: () => void
}

/**
 * Makes an operator of a stage, which is made anew for each subscription: its variables are the subscription's own. It
 * emits through `subscriber`, and what it adds to `subscriber` ends with it.
 */
export const operatorOf =
  <In, Out = In>(createStage: (subscriber: Subscriber<Out>) => Stage<In>): OperatorFunction<In, Out> =>
  (source) =>
    new Observable((subscriber) => {
      const {
        next = (value: In) => subscriber.next(value as never),
        flush,
        error = (cause: unknown) => subscriber.error(cause),
        complete = () => subscriber.complete(),
      } = createStage(subscriber)
      // A child of `subscriber` from the start: so a source that emits while it is being subscribed to can be stopped.
      const inner = new Subscriber<In>(subscriber)

      const attempt = <T>(step: ((value: T) => void) | undefined, value: T): void => {
        if (subscriber.closed) return
        try {
          step?.(value)
        } catch (thrown) {
          subscriber.error(thrown)
        }
      }
      /** Once. The source is let go before its end is told, so that what follows does not overlap with it. */
      const end = <T>(step: (value: T) => void, value: T): void => {
        if (inner.closed) return
        attempt(flush, undefined)
        inner.unsubscribe()
        attempt(step, value)
      }

      // Every token goes through here, at every stage: as few calls as can be.
      inner.next = (value) => {
        if (inner.closed) return // as it is, too, when `subscriber` is
        try {
          next(value)
        } catch (thrown) {
          subscriber.error(thrown)
        }
      }
      inner.error = (cause: unknown) => end(error, cause)
      inner.complete = () => end(complete, undefined)
      return subscriber.closed ? undefined : source.subscribe(inner)
    })
