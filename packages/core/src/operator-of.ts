import { Observable, type Observer, type OperatorFunction, Subscriber } from 'rxjs'

/** What an operator does in place of passing a notification on. What it throws ends the stream. */
export interface Stage<In> {
  readonly next?: (value: In) => void
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
        error,
        complete,
      } = createStage(subscriber)
      const inner = new StageSubscriber<In>({ next, error, complete } as Observer<In>)
      inner.out = subscriber
      // From the start: so a source that emits while it is being subscribed to can be stopped.
      subscriber.add(inner)
      return subscriber.closed ? undefined : source.subscribe(inner)
    })

/**
 * Calls the stage without a step between, since every token comes through here, at every stage. A subscriber drops its
 * observer at its end; functions put upon it would stay, and with them the answer, through many young collections of V8.
 */
class StageSubscriber<In> extends Subscriber<In> {
  declare out: Subscriber<never>

  override next(value: In): void {
    if (!this.closed) attempt((this.destination as Observer<In>).next, value, this.out)
  }

  override error(cause: unknown): void {
    this.end('error', cause)
  }

  override complete(): void {
    this.end('complete')
  }

  /** The source is let go before its end is told, so that what follows does not overlap with it. */
  private end(kind: 'error' | 'complete', cause?: unknown): void {
    if (this.closed) return
    const step = (this.destination as Stage<In>)[kind] ?? ((error: unknown) => this.out[kind](error))
    this.unsubscribe()
    attempt(step, cause, this.out)
  }
}

function attempt<T>(step: (value: T) => void, value: T, out: Subscriber<never>): void {
  try {
    step(value)
  } catch (thrown) {
    out.error(thrown)
  }
}
