import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message, ToolCallPart } from '../message/message.js'
import { newId } from '../message/new-id.js'
import { mergeMessages } from './merge-messages.js'
import type { MessageStore } from './message-store.js'

/** What a tool answers to a call. */
export interface ToolResult {
  readonly toolCallId: string
  /** A string as it is, anything else as JSON. */
  readonly result: unknown
}

/** What a session lends to its tools. */
export interface ToolSession {
  readonly store: MessageStore
  readonly turns: {
    /** Those that are neither settled nor stopped. */
    open(): readonly ToolTurn[]
    /** @param first ahead of the turns that wait, which go on waiting. */
    add(caller: Message, options: object, first: boolean): ToolTurn
    remove(turn: ToolTurn): void
    /** Asks for the answer to the turn's question. */
    start(turn: ToolTurn): void
  }
}

export interface ToolTurn {
  question: Message
  /** What it is asked for with. */
  readonly options: object
  readonly whenSettled: Promise<Message | undefined>
}

/** The results of a session's tool calls, in its store. */
interface ToolResults {
  /** The conversation without the user's messages that still wait for their turn: it has not gone on to them. */
  readonly messages: () => readonly Message[]
  /** The calls of a message that nothing has answered yet. */
  readonly openCalls: (caller: Message) => readonly ToolCallPart[]
  /** Keeps results; returns the message that is to be answered now, if they were the last ones. */
  readonly add: (caller: Message, results: readonly ToolResult[]) => Message | undefined
  /** The message that made this call. Throws `unsupported` if none waits for its result. */
  readonly callerOf: (toolCallId: string) => Message
}

export function createToolResults({ store, turns }: ToolSession): ToolResults {
  const waits = ({ id }: Message): boolean => turns.open().some(({ question }) => question.id === id)
  const messages = (): readonly Message[] =>
    store.get().filter((message) => message.role !== 'user' || !waits(message))

  const openCalls = ({ parts }: Message): readonly ToolCallPart[] =>
    parts
      .filter((part) => part.type === 'tool-call')
      .filter(({ id }) => store.get().every(({ toolCallId }) => toolCallId !== id))

  return {
    messages,
    openCalls,
    add(caller, results) {
      store.update((stored) => mergeMessages(stored, [caller, ...results.map(toMessage)]))
      const all = messages()
      const after = all.slice(all.findIndex(({ id }) => id === caller.id) + 1)
      const isDue = openCalls(caller).length === 0 && after.every(({ role }) => role === 'tool')
      return isDue ? after.at(-1) : undefined
    },
    callerOf(toolCallId) {
      const caller = store.get().find((message) => openCalls(message).some(({ id }) => id === toolCallId))
      if (caller !== undefined) return caller
      throw new ChatStreamError('unsupported', 'No tool call with this id waits for a result.')
    },
  }
}

const toMessage = ({ toolCallId, result }: ToolResult): Message => ({
  id: newId(),
  role: 'tool',
  toolCallId,
  parts: [{ type: 'text', text: typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null') }],
  state: 'complete',
})
