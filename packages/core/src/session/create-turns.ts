import type { Observable } from 'rxjs'
import { defer } from '../defer.js'
import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import type { Message } from '../message/message.js'
import type { SendOptions } from './chat-session.js'
import type { Pacer } from './create-pacer.js'
import { type RunObserver, runAnswer } from './run-answer.js'
import type { Settled, Turn } from './turn.js'

/** `onChange` is also told that turns were opened or taken out. */
export interface TurnsObserver extends Pick<RunObserver, 'onStream' | 'onChange' | 'onCost'> {
  /**
   * The turn is closed already. The answer is without parts if nothing came. What is returned is what the turn settles
   * with, sooner or later.
   */
  readonly onSettle: (turn: Turn, answer: Message, error: ChatStreamError | undefined) => Settled
  /** It is to be stopped: now if it runs; else it has been taken out. */
  readonly onStop: (turn: Turn) => void
  /** Asks for the answer. */
  readonly request: (turn: Turn) => Observable<ChatEvent>
}

export interface Turns {
  /** Those that are open, in the order of their questions. Only the first one runs. */
  readonly open: () => readonly Turn[]
  readonly add: (question: Message, options: SendOptions, first?: boolean) => Turn
  /** Sends its request when the turns before it are settled. */
  readonly start: (turn: Turn) => void
  /** Takes a turn out that has not run. */
  readonly remove: (turn: Turn) => void
  /** Takes those out that have not run, and stops the one that runs. */
  readonly stop: () => void
}

/** Questions that wait for their answers, one after another: the session's queue. */
export function createTurns(createPacer: () => Pacer, observer: TurnsObserver): Turns {
  let running = new AbortController()
  let turns: readonly Turn[] = []

  const remove = (turn: Turn): void => {
    turns = turns.filter((other) => other !== turn)
  }

  const runFirst = (): void => {
    const turn = turns[0]
    if (!turn?.isAsked || turn.isRunning) return
    turn.isRunning = true
    const pacer = createPacer()
    runAnswer(
      turn,
      defer(() => observer.request(turn)),
      running.signal,
      {
        ...observer,
        onContent: pacer.push,
        onSettle(answer, error) {
          pacer.end()
          remove(turn)
          turn.settle(observer.onSettle(turn, answer, error))
          runFirst()
        },
      },
    )
  }

  return {
    open: () => turns,
    add(question, options, first) {
      const turn = { question, options } as Turn
      turn.whenSettled = new Promise((resolve) => {
        turn.settle = resolve
      })
      turns = first ? [turn, ...turns] : [...turns, turn]
      observer.onChange()
      return turn
    },
    start(turn) {
      turn.isAsked = true
      runFirst()
    },
    remove(turn) {
      remove(turn)
      turn.settle(undefined)
      runFirst()
      observer.onChange()
    },
    stop() {
      const stopping = turns
      turns = turns.filter(({ isRunning }) => isRunning)
      for (const turn of stopping) {
        observer.onStop(turn)
        if (!turn.isRunning) turn.settle(undefined)
      }
      const stopped = running
      running = new AbortController() // before, since those who are told may start anew
      stopped.abort()
    },
  }
}
