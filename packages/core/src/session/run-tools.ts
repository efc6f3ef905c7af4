import type { Message, ToolCallPart } from '../message/message.js'
import { newId } from '../message/new-id.js'
import { toChatStreamError } from './to-chat-stream-error.js'

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

export type ChatTools = Readonly<Record<string, ChatTool>>

/** The tools as a request lists them. */
export const toWireTools = (tools: ChatTools): readonly Record<string, unknown>[] =>
  Object.entries(tools).map(([name, { description, parameters }]) => ({
    type: 'function',
    function: { name, ...(description !== undefined && { description }), ...(parameters && { parameters }) },
  }))

/** The calls of a message that no `tool` message has answered yet. */
export const openCalls = (message: Message, messages: readonly Message[]): readonly ToolCallPart[] =>
  message.parts
    .filter((part) => part.type === 'tool-call')
    .filter(({ id }) => messages.every(({ toolCallId }) => toolCallId !== id))

/** The last answer to a message's calls, once all are answered and the conversation has not gone on since. */
export function lastResult(caller: Message, messages: readonly Message[]): Message | undefined {
  const after = messages.slice(messages.findIndex(({ id }) => id === caller.id) + 1)
  const isDue = openCalls(caller, messages).length === 0 && after.every(({ role }) => role === 'tool')
  return isDue ? after.at(-1) : undefined
}

/** How often in a row, since the user last spoke, the model has called tools. */
export const toolRounds = (messages: readonly Message[]): number =>
  messages
    .slice(messages.findLastIndex(({ role }) => role === 'user') + 1)
    .filter(({ parts }) => parts.some(({ type }) => type === 'tool-call')).length

/** The message that answers a call. */
export const toolMessage = (toolCallId: string, result: unknown): Message => ({
  id: newId(),
  role: 'tool',
  toolCallId,
  parts: [{ type: 'text', text: typeof result === 'string' ? result : (JSON.stringify(result) ?? 'null') }],
  state: 'complete',
})

/** Runs those calls that have a function. One that throws answers with its error, so that the model can mend its call. */
export const runTools = (
  calls: readonly ToolCallPart[],
  tools: ChatTools,
  signal: AbortSignal,
): Promise<readonly Message[]> =>
  Promise.all(
    calls.map(async ({ id, name, arguments: text }) => {
      try {
        const input: unknown = text === '' ? {} : JSON.parse(text)
        return toolMessage(id, await tools[name]?.execute?.(input, { toolCallId: id, signal }))
      } catch (error) {
        return toolMessage(id, { error: toChatStreamError(error).message })
      }
    }),
  )
