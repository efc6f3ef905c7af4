import {
  accumulateMessage,
  type ChatClient,
  emptyMessage,
  type Message,
  type WireMessage,
} from '@chatstream/core'
import {
  animationFrames,
  catchError,
  combineLatest,
  defer,
  EMPTY,
  map,
  type Observable,
  scan,
  startWith,
  throttle,
} from 'rxjs'
import { requestFields } from './client.js'

/** One model's part of a race. Times are in milliseconds from the start. */
export interface Racer {
  readonly model: string
  readonly message: Message
  readonly firstMs?: number
  readonly endMs?: number
}

/**
 * The answers of several models to one prompt, in the order of the models, as they come. One that fails is `failed` and
 * leaves the others alone; unsubscribing closes all connections.
 */
export function compareModels(
  client: ChatClient,
  models: readonly string[],
  messages: readonly WireMessage[],
): Observable<readonly Racer[]> {
  const racers = models.map((model, index) =>
    race(
      model,
      client.stream({ ...requestFields, model, messages }).pipe(
        accumulateMessage({ id: `${index}` }),
        catchError(() => EMPTY), // the last message tells of it already
        startWith(emptyMessage(`${index}`)),
      ),
    ),
  )
  // Two streams, one picture: never more often than the screen shows one.
  return combineLatest(racers).pipe(throttle(() => animationFrames(), { leading: true, trailing: true }))
}

const race = (model: string, answer$: Observable<Message>): Observable<Racer> =>
  defer(() => {
    const startedAt = performance.now()
    return answer$.pipe(
      map((message): Racer => ({ model, message })),
      scan(({ firstMs, endMs }, { message }) => {
        const elapsed = performance.now() - startedAt
        const first = firstMs ?? (message.parts.length > 0 ? elapsed : undefined)
        const end = endMs ?? (message.state === 'streaming' ? undefined : elapsed)
        return {
          model,
          message,
          ...(first !== undefined && { firstMs: first }),
          ...(end !== undefined && { endMs: end }),
        }
      }),
    )
  })
