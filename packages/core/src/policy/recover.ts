import {
  catchError,
  concat,
  defer,
  type MonoTypeOperatorFunction,
  type Observable,
  tap,
  throwError,
} from 'rxjs'
import { type ChatStreamError, isChatStreamError } from '../errors/chat-stream-error.js'
import { type AttemptStart, type ChatEvent, isContent } from '../event/chat-event.js'

/** What follows a failed attempt. */
export interface Recovery {
  /** How long the wait is, in milliseconds, for those who watch. */
  readonly retryInMs: number
  /** The wait and the next attempt. */
  readonly next$: Observable<ChatEvent>
}

/**
 * The commit point that all policies share. What fails before the first piece of content may be sent again; what fails
 * after it is told, and the partial answer stays. With `restart` it may be sent again even so, and an `answer-reset`
 * says that the text so far is void.
 *
 * @param decide what follows this error; nothing if it is to be told.
 */
export const recover =
  (
    decide: (error: ChatStreamError) => Recovery | undefined,
    { restart = false }: { readonly restart?: boolean | undefined } = {},
  ): MonoTypeOperatorFunction<ChatEvent> =>
  (source) =>
    defer(() => {
      let attempt: AttemptStart | undefined
      let committed = false
      return source.pipe(
        tap((event) => {
          if (event.type === 'attempt-start') attempt = event
          if (event.type === 'answer-reset') committed = false
          committed ||= event.type === 'choice-end' || isContent(event)
        }),
        catchError((error: unknown) => {
          const recoverable = isChatStreamError(error) && (restart || !committed)
          const recovery = recoverable ? decide(error) : undefined
          if (recovery === undefined || attempt === undefined) return throwError(() => error)
          const failed: ChatEvent = {
            ...attempt,
            type: 'attempt-failed',
            error: error as ChatStreamError,
            retryInMs: recovery.retryInMs,
          }
          const announce: readonly ChatEvent[] = committed ? [failed, { type: 'answer-reset' }] : [failed]
          return concat(announce, recovery.next$)
        }),
      )
    })
