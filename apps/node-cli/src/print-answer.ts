import {
  type AttemptFailed,
  type ChatEvent,
  emptyMessage,
  isContent,
  type Message,
  reduceMessage,
} from '@chatstream/core'
import type { Observable } from 'rxjs'
import type { Screen } from './create-screen.js'
import { oneSentence } from './one-sentence.js'

/** An answer that is over, well or not, and what was measured of it. */
export interface Answer {
  readonly message: Message
  /** Why it failed; undefined if it did not. */
  readonly error: unknown
  /** From the request to the first token, reasoning included, in milliseconds; undefined if none came. */
  readonly firstTokenMs: number | undefined
  /** From the first token to the last, in milliseconds. */
  readonly tokensMs: number
}

/** Shows an answer while it comes. Never rejects: an answer that failed is an answer. */
export const printAnswer = (
  events$: Observable<ChatEvent>,
  screen: Screen,
  show: { readonly json: boolean; readonly reasoning: boolean },
): Promise<Answer> =>
  new Promise((resolve) => {
    const start = performance.now()
    let firstTokenAt: number | undefined
    let lastTokenAt = start
    let message = emptyMessage('answer')

    const noteWait = ({ error, retryInMs }: AttemptFailed): void => {
      // A shorter wait is over before it is read.
      if (retryInMs > 1000)
        screen.note(`${oneSentence(error.message)} Trying again in ${Math.ceil(retryInMs / 1000)} s.`)
    }

    const finish = (error?: unknown): void =>
      resolve({
        message,
        error,
        firstTokenMs: firstTokenAt === undefined ? undefined : firstTokenAt - start,
        tokensMs: lastTokenAt - (firstTokenAt ?? lastTokenAt),
      })

    events$.subscribe({
      next(event) {
        message = reduceMessage(message, event)
        if (isContent(event)) {
          lastTokenAt = performance.now()
          firstTokenAt ??= lastTokenAt
        }
        if (event.type === 'reasoning-delta' && !show.reasoning) return
        if (show.json) screen.json(event)
        else if (event.type === 'attempt-failed') noteWait(event)
        else if (event.type === 'reasoning-delta') screen.reasoning(event.text)
        else if (event.type === 'text-delta' || event.type === 'refusal-delta') screen.text(event.text)
      },
      error: finish,
      complete: () => finish(),
    })
  })
