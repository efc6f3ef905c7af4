import { Observable } from 'rxjs'

/** As in RxJS, for observables only: what theirs also takes (promises, iterables, streams) is most of its size. */
export const defer = <T>(create: () => Observable<T>): Observable<T> =>
  new Observable((subscriber) => create().subscribe(subscriber))

/** The same, once the promise is kept: unless the subscriber has left by then. */
export const deferUntil = <T, R>(
  promise: () => Promise<T>,
  create: (value: T) => Observable<R>,
): Observable<R> =>
  new Observable((subscriber) => {
    promise()
      .then((value) => {
        if (!subscriber.closed) create(value).subscribe(subscriber)
      })
      .catch((error: unknown) => subscriber.error(error))
  })
