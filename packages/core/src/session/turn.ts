import type { Message } from '../message/message.js'
import type { SendOptions } from './chat-session.js'
import type { AttemptProgress } from './session-state.js'

/** A question, and the answer that is on its way. */
export interface Turn {
  /** Shown from the start. */
  question: Message
  /** As far as it has come. */
  answer?: Message | undefined
  attempt?: AttemptProgress | undefined
  /** Until then the turn waits, and those behind it do. */
  isAsked?: boolean
  isRunning?: boolean
  options: SendOptions
  /** Called once, when anything has come of the response. */
  onBegin?: (() => void) | undefined
  /** Under which the server keeps the answer. If it is known from the start, that answer is taken up again. */
  streamId?: string | undefined
  whenSettled: Promise<Message | undefined>
  settle: (answer: Settled) => void
}

export type Settled = Message | undefined | Promise<Message | undefined>
