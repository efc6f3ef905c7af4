import type { Observable } from 'rxjs'

/** What an observable has done so far: filled in while it runs. */
export interface Collected<T> {
  readonly values: T[]
  error: unknown
  end: 'running' | 'error' | 'complete'
}

/** Subscribes, and notes what comes. A source that is synchronous has settled when this returns. */
export function collect<T>(source$: Observable<T>): Collected<T> {
  const collected: Collected<T> = { values: [], error: undefined, end: 'running' }
  subscribe(source$, collected)
  return collected
}

/** The same, once the observable has ended, well or badly. */
export const settled = <T>(source$: Observable<T>): Promise<Collected<T>> =>
  new Promise((resolve) => {
    const collected: Collected<T> = { values: [], error: undefined, end: 'running' }
    subscribe(source$, collected, () => resolve(collected))
  })

const subscribe = <T>(source$: Observable<T>, collected: Collected<T>, onEnd?: () => void): void => {
  source$.subscribe({
    next: (value) => collected.values.push(value),
    error: (error: unknown) => {
      collected.error = error
      collected.end = 'error'
      onEnd?.()
    },
    complete: () => {
      collected.end = 'complete'
      onEnd?.()
    },
  })
}
