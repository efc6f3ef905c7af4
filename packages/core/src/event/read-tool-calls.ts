import type { CompletionChunk } from '../chunk/completion-chunk.js'
import { ChatStreamError, defined } from '../errors/chat-stream-error.js'
import { isRecord } from '../errors/is-record.js'
import { asString } from '../errors/provider-error.js'
import { tooLarge } from '../errors/too-large.js'
import type { ToolCallDelta } from './chat-event.js'

/** What is known of a call that has begun. */
interface OpenCall {
  readonly toolIndex: number
  readonly wireIndex: unknown
  id?: string
  named?: boolean
}

export type ToolCallReader = (toolCalls: readonly unknown[], raw: CompletionChunk) => void

/** More calls than a model makes: each costs a look at all before it, so a server must not send them without end. */
const MAX_CALLS = 4096

/**
 * Finds out which call each piece belongs to, for one choice: by `index`, else by `id`, else by position. Servers leave
 * out the index, repeat or omit the id, send the name after the arguments, or give every call the index 0.
 *
 * Throws `too-large` at the 4097th call.
 */
export function createToolCallReader(index: number, emit: (delta: ToolCallDelta) => void): ToolCallReader {
  const calls: OpenCall[] = []

  const open = (wireIndex: unknown): OpenCall => {
    if (calls.length === MAX_CALLS) throw tooLarge('An answer', MAX_CALLS, 'tool calls')
    const taken = calls.map((call) => call.toolIndex)
    const wanted = typeof wireIndex === 'number' ? wireIndex : 0
    const toolIndex = taken.includes(wanted) ? Math.max(...taken) + 1 : wanted
    const call = { toolIndex, wireIndex }
    calls.push(call)
    return call
  }

  const find = (
    wireIndex: unknown,
    id: string | undefined,
    name: string | undefined,
    position: number,
    count: number,
  ): OpenCall => {
    const hasIndex = typeof wireIndex === 'number'
    const withId = id && calls.find((call) => call.id === id)
    const known = hasIndex
      ? calls.findLast((call) => call.wireIndex === wireIndex)
      : withId || (count > 1 ? calls[position] : calls.at(-1))
    const isOther = id && known?.id && id !== known.id
    // A whole new call: under an index that is taken, or without any.
    const isNew = hasIndex ? isOther && name : isOther || (!withId && name && known?.named)
    return known === undefined || isNew ? open(wireIndex) : known
  }

  return (toolCalls, raw) => {
    toolCalls.forEach((toolCall, position) => {
      if (!isRecord(toolCall)) return
      const { index: wireIndex, id: rawId, type: _type, function: rawFunction, ...extra } = toolCall
      const {
        name: rawName,
        arguments: rawArguments,
        ...functionExtra
      } = isRecord(rawFunction) ? rawFunction : {}
      const id = asString(rawId)
      const name = asString(rawName)
      const text = isRecord(rawArguments) ? toJson(rawArguments) : rawArguments
      const call = find(wireIndex, id, name, position, toolCalls.length)
      if (id) call.id ??= id
      const isFirst = !call.named
      if (name) call.named = true
      const added = { ...extra, ...functionExtra }
      emit({
        type: 'tool-call-delta',
        index,
        toolIndex: call.toolIndex,
        ...defined({
          id: id === call.id ? id : undefined,
          name: isFirst ? name : undefined,
          arguments: typeof text === 'string' ? text : undefined,
          extra: Object.keys(added).length > 0 ? added : undefined,
        }),
        raw,
      })
    })
  }
}

function toJson(value: object): string {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    // It was read, so it holds no cycle; but what is read may be deeper than what can be written.
    throw new ChatStreamError('malformed', 'A tool call is nested too deeply.', { cause })
  }
}
