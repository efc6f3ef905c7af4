import type { AttemptFailed, ChatClient, ChatEvent } from '@chatstream/core'
import { type Format, pipeToWritable } from '@chatstream/node'
import { Observable, Subject, takeUntil, tap } from 'rxjs'
import type { Paper } from './create-paper.js'
import type { Screen } from './create-screen.js'
import { oneSentence } from './one-sentence.js'

/** A client whose answers are printed while they come. */
export interface PrintingClient {
  readonly client: ChatClient
  /** Resolves once all that came of the last answer is written, its cost included; or nobody reads it any more. */
  readonly whenPrinted: () => Promise<void>
}

export interface PrintOptions {
  readonly json: boolean
  readonly reasoning: boolean
}

/**
 * Prints what passes on the way to whoever asks the client: to stdout no faster than it is read there, and so nothing
 * comes from the server that nobody has room for.
 */
export function printAnswers(
  client: ChatClient,
  screen: Screen,
  paper: Paper,
  show: PrintOptions,
): PrintingClient {
  let printed: Promise<unknown> = Promise.resolve()

  const noteWait = ({ error, retryInMs }: AttemptFailed): void => {
    // A shorter wait is over before it is read.
    if (retryInMs > 1000)
      screen.note(`${oneSentence(error.message)} Trying again in ${Math.ceil(retryInMs / 1000)} s.`)
  }

  const print = (event: ChatEvent): void => {
    if (event.type === 'reasoning-delta' && !show.reasoning) return
    if (show.json) screen.json(event)
    else if (event.type === 'attempt-failed') noteWait(event)
    else if (event.type === 'reasoning-delta') screen.reasoning(event.text)
    else if (event.type === 'text-delta' || event.type === 'refusal-delta') screen.text(event.text)
  }

  const format: Format<ChatEvent> = {
    headers: {},
    write(event) {
      print(event)
      return paper.take()
    },
  }

  return {
    whenPrinted: async () => {
      await printed
    },
    client: {
      ...client,
      stream: (request, options) =>
        new Observable((subscriber) => {
          const left$ = new Subject<void>()
          subscriber.add(() => left$.next())
          const stream$ = client.stream(request, options).pipe(takeUntil(left$), tap(subscriber))
          paper.gather()
          printed = pipeToWritable(stream$, paper.target, { format, end: false })
            .catch(() => {}) // what a stream fails with is told to the subscriber
            .finally(paper.release)
        }),
    },
  }
}
