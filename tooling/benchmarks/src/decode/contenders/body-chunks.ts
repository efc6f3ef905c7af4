import { Observable } from 'rxjs'
import { bodyOf } from './f1-split.js'

/** The least that makes an observable of a body. */
export const bodyChunks = (response: Response): Observable<Uint8Array> =>
  new Observable((subscriber) => {
    const reader = bodyOf(response).getReader()
    const read = async (): Promise<void> => {
      for (;;) {
        const { done, value } = await reader.read()
        if (done) return subscriber.complete()
        subscriber.next(value)
      }
    }
    read().catch((error) => subscriber.error(error))
  })
