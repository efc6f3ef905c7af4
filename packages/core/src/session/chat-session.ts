import type { Observable } from 'rxjs'
import type { ChatClient } from '../create-chat-client.js'
import type { Message } from '../message/message.js'
import type { Conversation } from './conversation-json.js'
import type { PaceOptions } from './create-pacer.js'
import type { ChatTools } from './create-tools.js'
import type { MessageStore } from './message-store.js'
import type { ChatSessionEvent, ChatSessionState } from './session-state.js'
import type { ChatInput } from './to-user-message.js'
import type { ToolResult } from './tool-results.js'

export interface ChatSessionOptions {
  /** Default: a random one. */
  readonly id?: string
  readonly client: ChatClient
  readonly model: string
  readonly initialMessages?: readonly Message[]
  /** Where settled messages live. Default: in memory. */
  readonly store?: MessageStore
  /** Fields of every request, such as `temperature`. */
  readonly request?: Readonly<Record<string, unknown>>
  /** What the model may call: see `createTools`. */
  readonly tools?: ChatTools
  /** A message that is sent while an answer streams waits, is refused, or stops that answer. Default: `queue`. */
  readonly whenBusy?: 'queue' | 'refuse' | 'interrupt'
  /** How often the state is published while an answer streams; `false` for every piece. */
  readonly pace?: PaceOptions | false | undefined
  /**
   * For bindings that have something to wait for, as a network or a history: takes a question that was accepted, and
   * calls `answer` or `reject` in its time. Default: `answer`, at once.
   */
  readonly send?: (question: Message, options: SendOptions) => void
}

type OptionPerSend = 'client' | 'model' | 'request' | 'tools' | 'whenBusy'

/**
 * What may differ from send to send; what is missing is the session's. An answer and its tool rounds keep the options
 * that they were sent with, and read them when they need them, so that getters give the newest.
 */
export type SendOptions = { readonly [Name in OptionPerSend]?: ChatSessionOptions[Name] | undefined }

export interface ChatSession {
  readonly id: string
  /** The state now, then each new one. */
  readonly state$: Observable<ChatSessionState>
  readonly getState: () => ChatSessionState
  /** The state as it was when the session was made: what a server has rendered. */
  readonly getServerState: () => ChatSessionState
  /** Answers that ended, errors, and costs. */
  readonly events$: Observable<ChatSessionEvent>
  /**
   * Sends what the user says; it is in `messages` at once. With `messageId`, that message and all after it are cut off
   * first. Resolves with the answer once it has settled, also if it failed before a piece of it came, and is not in
   * `messages`; with nothing if it was never asked for. Never rejects.
   */
  readonly sendMessage: (input: string | ChatInput, options?: SendOptions) => Promise<Message | undefined>
  /** Stops what is going on: what came of the answer stays; questions that waited stay too, and are not sent. */
  readonly stop: () => void
  /** Asks again for an answer, the last one by default; it and all after it are cut off first. */
  readonly regenerate: (messageId?: string, options?: SendOptions) => Promise<Message | undefined>
  /**
   * Answers a tool call by hand. Once all calls of a message are answered, the model goes on. It takes the option `tools`;
   * without it, the error is `unsupported`.
   */
  readonly addToolResult: (answer: ToolResult, options?: SendOptions) => Promise<Message | undefined>
  /**
   * Picks up the answer that was on its way when the page was left, if the server keeps it: from its beginning, and then
   * live. Resolves as `sendMessage` does; with nothing if there is none. However often it is called, there is one request.
   */
  readonly resume: (options?: SendOptions) => Promise<Message | undefined>
  readonly setMessages: (
    messages: readonly Message[] | ((messages: readonly Message[]) => readonly Message[]),
  ) => void
  readonly clearError: () => void
  /**
   * First half of sending, for bindings: shows and keeps a question, which then waits for `answer` or `reject`. Resolves as
   * `sendMessage` does, so with nothing if it is stopped before.
   */
  readonly accept: (question: Message) => Promise<Message | undefined>
  /**
   * Second half: asks for the answer, with all messages up to the question. `onBegin` is called once, when anything has
   * come of the response.
   */
  readonly answer: (
    question: Message,
    options?: SendOptions,
    onBegin?: () => void,
  ) => Promise<Message | undefined>
  /** Or that it cannot be sent: the question stays, as `failed`. */
  readonly reject: (question: Message, error: unknown) => void
  /** Is this message part of a turn that has not settled? */
  readonly isOpen: (message: Message) => boolean
  /** Publishes again, if the store has changed from outside. */
  readonly refresh: () => void
  /** Stops everything, without a word to the store, and completes `state$`. */
  readonly dispose: () => void
  readonly toJSON: () => Conversation
}
