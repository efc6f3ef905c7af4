import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'
import type { SendOptions, ToolResult } from './chat-session.js'
import type { Turn, Turns } from './create-turns.js'
import { mergeMessages } from './merge-messages.js'
import type { MessageStore } from './message-store.js'
import { type ChatTools, lastResult, openCalls, runTools, toolMessage, toolRounds } from './run-tools.js'

export interface ToolRounds {
  /**
   * Runs the calls of a settled answer, and asks again with the results, ahead of the turns that wait, as it was asked.
   * Nothing if none of its calls has a function. Throws `unsupported` if that was asked for too often.
   */
  readonly callTools: (caller: Message, options: SendOptions) => Promise<Message | undefined> | undefined
  /** Adds a result; returns the message that is to be answered now, if it was the last one. */
  readonly addResult: (result: ToolResult) => Message | undefined
}

/** What the model wants to know before it can answer. */
export function createToolRounds(
  toolsOf: (options: SendOptions) => ChatTools,
  maxRoundsOf: (options: SendOptions) => number,
  store: MessageStore,
  turns: Turns,
  begin: (turn: Turn) => void,
): ToolRounds {
  /** Without the user's messages that still wait for their turn: the conversation has not gone on to them. */
  const conversation = (): readonly Message[] =>
    store
      .get()
      .filter(({ id, role }) => role !== 'user' || turns.open().every(({ question }) => question.id !== id))

  const add = (caller: Message, results: readonly Message[]): Message | undefined => {
    store.update((messages) => mergeMessages(messages, [caller, ...results]))
    return lastResult(caller, conversation())
  }

  const runAll = async (caller: Message, turn: Turn): Promise<void> => {
    const controller = new AbortController()
    void turn.whenSettled.then(() => controller.abort())
    const tools = toolsOf(turn.options)
    const calls = openCalls(caller, store.get()).filter(({ name }) => tools[name]?.execute)
    const results = await runTools(calls, tools, controller.signal)
    if (!turns.open().includes(turn)) return // stopped meanwhile
    const open = openCalls(caller, store.get())
    const wanted = results.filter(({ toolCallId }) => open.some(({ id }) => id === toolCallId))
    const question = add(caller, wanted)
    // The other calls are answered by hand; or these were, meanwhile.
    if (question === undefined || wanted.length === 0) return turns.remove(turn)
    turn.question = question
    begin(turn)
  }

  return {
    callTools(caller, options) {
      const messages = conversation()
      const tools = toolsOf(options)
      const maxRounds = maxRoundsOf(options)
      if (!openCalls(caller, messages).some(({ name }) => tools[name]?.execute)) return undefined
      if (toolRounds(messages) > maxRounds) {
        const message = `The model called tools more than ${maxRounds} times in a row: raise maxToolRounds, or see why.`
        throw new ChatStreamError('unsupported', message)
      }
      const turn = turns.add(caller, options, true)
      void runAll(caller, turn)
      return turn.whenSettled.then((answer) => answer ?? caller)
    },
    addResult({ toolCallId, result }) {
      const messages = store.get()
      const caller = messages.find((message) =>
        openCalls(message, messages).some(({ id }) => id === toolCallId),
      )
      if (caller === undefined) {
        throw new ChatStreamError(
          'unsupported',
          `No tool call with the id "${toolCallId}" waits for a result.`,
        )
      }
      return add(caller, [toolMessage(toolCallId, result)])
    },
  }
}
