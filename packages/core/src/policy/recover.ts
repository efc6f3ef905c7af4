import type { MonoTypeOperatorFunction, Observable } from 'rxjs'
import { after } from '../after.js'
import { type ChatStreamError, isChatStreamError } from '../errors/chat-stream-error.js'
import { type AttemptStart, type ChatEvent, isContent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'

/** What follows a failed attempt. */
export interface Recovery {
  /** How long to wait, in milliseconds. */
  readonly retryInMs: number
  readonly next$: Observable<ChatEvent>
}

/**
 * The commit point that all policies share. What fails before the first piece of content may be sent again; what fails
 * after it is told, and the partial answer stays. With `restart` it may be sent again even so, and an `answer-reset`
 * says that the text so far is void.
 *
 * @param decide what follows this error; nothing if it is to be told.
 */
export const recover = (
  decide: (error: ChatStreamError) => Recovery | undefined,
  { restart = false }: { readonly restart?: boolean | undefined } = {},
): MonoTypeOperatorFunction<ChatEvent> =>
  operatorOf((subscriber) => {
    let attempt: AttemptStart | undefined
    let committed = false
    return {
      next(event) {
        if (event.type === 'attempt-start') attempt = event
        if (event.type === 'answer-reset') committed = false
        committed ||= isContent(event) || event.type === 'choice-end'
        subscriber.next(event)
      },
      error(error) {
        const recoverable = isChatStreamError(error) && (restart || !committed)
        const recovery = recoverable ? decide(error) : undefined
        if (recovery === undefined || attempt === undefined) return subscriber.error(error)
        const { retryInMs, next$ } = recovery
        subscriber.next({ ...attempt, type: 'attempt-failed', error: error as ChatStreamError, retryInMs })
        if (committed) subscriber.next({ type: 'answer-reset' })
        const goOn = (): void => {
          next$.subscribe(subscriber)
        }
        if (retryInMs > 0) subscriber.add(after(retryInMs, goOn))
        else if (!subscriber.closed) goOn()
      },
    }
  })
