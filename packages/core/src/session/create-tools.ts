import { ChatStreamError, defined } from '../errors/chat-stream-error.js'
import type { Message, ToolCallPart } from '../message/message.js'
import { toChatStreamError } from './to-chat-stream-error.js'
import { createToolResults, type ToolResult, type ToolSession, type ToolTurn } from './tool-results.js'

/** A function that the model may call. */
export interface ChatTool {
  readonly description?: string
  /** The JSON schema of its input. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** Answers the call: a string as it is, anything else as JSON. Without it, the call waits for `addToolResult`. */
  readonly execute?: (
    input: unknown,
    context: { readonly toolCallId: string; readonly signal: AbortSignal },
  ) => unknown
}

/** What the model may call, for `createChatSession` and the bindings: made by `createTools`. */
export interface ChatTools {
  /** The field of a request that lists them; none, if there are none. */
  readonly request: { readonly tools?: readonly Readonly<Record<string, unknown>>[] }
  /**
   * Runs the calls of a settled answer, and asks again with the results, ahead of the turns that wait.
   * Nothing if none of its calls has a function. Throws `unsupported` if that was asked for too often.
   *
   * @param turn that it is the answer of.
   */
  readonly call: (
    caller: Message,
    turn: ToolTurn,
    session: ToolSession,
  ) => Promise<Message | undefined> | undefined
  /**
   * Keeps a result that was given by hand; returns the message that is to be answered now, if it was the last one.
   * Throws `unsupported` if no such call waits.
   */
  readonly answer: (result: ToolResult, session: ToolSession) => Message | undefined
}

/**
 * Tools for a conversation. A function that throws answers with its error, so that the model can mend its call.
 *
 * @param functions what the model may call, by name.
 * @example
 * ```ts
 * import { createChatClient, createChatSession, createTools } from '@chatstream/core'
 *
 * const tools = createTools({
 *   time: { description: 'The time in a city', execute: () => new Date().toISOString() },
 * })
 * const session = createChatSession({ client: createChatClient({ apiKey: 'KEY' }), model: 'deepseek-chat', tools })
 * await session.sendMessage('What time is it?')
 * ```
 */
export function createTools(
  functions: Readonly<Record<string, ChatTool>>,
  {
    maxRounds = 5,
  }: {
    /** How often in a row the model may call them. Default: 5. */
    readonly maxRounds?: number
  } = {},
): ChatTools {
  const run = async (call: ToolCallPart, signal: AbortSignal): Promise<ToolResult> => {
    const { id: toolCallId, name, arguments: text } = call
    try {
      const input: unknown = text === '' ? {} : JSON.parse(text)
      const result = await functions[name]?.execute?.(input, { toolCallId, signal })
      JSON.stringify(result) // which tells, here and not later, what cannot be sent
      return { toolCallId, result }
    } catch (error) {
      return { toolCallId, result: { error: toChatStreamError(error).message } }
    }
  }

  const runAll = async (caller: Message, turn: ToolTurn, session: ToolSession): Promise<void> => {
    const { turns } = session
    const results = createToolResults(session)
    const controller = new AbortController()
    void turn.whenSettled.then(() => controller.abort())
    const calls = results.openCalls(caller).filter(({ name }) => functions[name]?.execute)
    const answers = await Promise.all(calls.map((call) => run(call, controller.signal)))
    if (!turns.open().includes(turn)) return // stopped meanwhile
    const open = results.openCalls(caller)
    const wanted = answers.filter(({ toolCallId }) => open.some(({ id }) => id === toolCallId))
    const question = results.add(caller, wanted)
    // The other calls are answered by hand; or these were, meanwhile.
    if (question === undefined || wanted.length === 0) turns.remove(turn)
    else {
      turn.question = question
      turns.start(turn)
    }
  }

  const tools = Object.entries(functions).map(([name, { description, parameters }]) => ({
    type: 'function',
    function: { name, ...defined({ description, parameters }) },
  }))

  return {
    request: tools.length > 0 ? { tools } : {},
    call(caller, { options }, session) {
      const results = createToolResults(session)
      if (!results.openCalls(caller).some(({ name }) => functions[name]?.execute)) return undefined
      if (roundsIn(results.messages()) > maxRounds) {
        const message = `The model called tools more than ${maxRounds} times in a row: raise maxRounds, or see why.`
        throw new ChatStreamError('unsupported', message)
      }
      const turn = session.turns.add(caller, options, true)
      void runAll(caller, turn, session)
      return turn.whenSettled.then((answer) => answer ?? caller)
    },
    answer(result, session) {
      const results = createToolResults(session)
      return results.add(results.callerOf(result.toolCallId), [result])
    },
  }
}

/** How often in a row, since the user last spoke, the model has called tools. */
const roundsIn = (messages: readonly Message[]): number =>
  messages
    .slice(messages.findLastIndex(({ role }) => role === 'user') + 1)
    .filter(({ parts }) => parts.some(({ type }) => type === 'tool-call')).length
