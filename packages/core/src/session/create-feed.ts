import { Observable, type Subscriber } from 'rxjs'

export interface Feed<T> {
  /** Hot: each subscriber gets what comes from then on. */
  readonly feed$: Observable<T>
  readonly next: (value: T) => void
  readonly complete: () => void
}

/**
 * A hot observable and its source: as a `Subject`, or, given `now`, a `BehaviorSubject`, whose subscribers get at once what
 * it returns. Theirs weigh more than the rest of the session's plumbing.
 */
export function createFeed<T>(now?: () => T): Feed<T> {
  const subscribers = new Set<Subscriber<T>>()
  let completed = false
  return {
    feed$: new Observable((subscriber) => {
      if (completed) return subscriber.complete()
      subscribers.add(subscriber) // before, since it may change the state when it sees it
      if (now !== undefined) subscriber.next(now())
      return () => subscribers.delete(subscriber)
    }),
    next(value) {
      for (const subscriber of [...subscribers]) subscriber.next(value)
    },
    complete() {
      completed = true
      for (const subscriber of subscribers) subscriber.complete()
    },
  }
}
