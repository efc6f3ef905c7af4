import { type CompletionChunk, isRecord } from '../chunk/completion-chunk.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { tooLarge } from '../errors/too-large.js'
import type { ToolCallDelta } from './chat-event.js'

/** What is known of a call that has begun. */
interface OpenCall {
  readonly toolIndex: number
  id?: string
  named: boolean
}

type ToolCallReader = (toolCalls: readonly unknown[], raw: CompletionChunk) => void

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
  const byWireIndex = new Map<number, OpenCall>()

  const open = (wanted = 0): OpenCall => {
    if (calls.length === MAX_CALLS) {
      throw tooLarge('An answer', MAX_CALLS, 'tool calls')
    }
    const taken = calls.map((call) => call.toolIndex)
    const toolIndex = taken.includes(wanted) ? Math.max(...taken) + 1 : wanted
    const call = { toolIndex, named: false }
    calls.push(call)
    return call
  }

  const find = (wireIndex: unknown, id: string, name: string, position: number, count: number): OpenCall => {
    if (typeof wireIndex === 'number') {
      const known = byWireIndex.get(wireIndex)
      // A whole new call under an index that is taken.
      const another = known?.id !== undefined && id !== '' && id !== known.id && name !== ''
      const call = known === undefined || another ? open(wireIndex) : known
      byWireIndex.set(wireIndex, call)
      return call
    }
    const withId = id === '' ? undefined : calls.find((call) => call.id === id)
    const call = withId ?? (count > 1 ? calls[position] : calls.at(-1))
    const another = call !== withId && ((id !== '' && call?.id !== undefined) || (name !== '' && call?.named))
    return call === undefined || another ? open() : call
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
      const id = typeof rawId === 'string' ? rawId : ''
      const name = typeof rawName === 'string' ? rawName : ''
      const text = isRecord(rawArguments) ? toJson(rawArguments) : rawArguments
      const call = find(wireIndex, id, name, position, toolCalls.length)
      if (id !== '') call.id ??= id
      const first = !call.named
      if (name !== '') call.named = true
      const added = { ...extra, ...functionExtra }
      emit({
        type: 'tool-call-delta',
        index,
        toolIndex: call.toolIndex,
        ...(id !== '' && id === call.id && { id }),
        ...(name !== '' && first && { name }),
        ...(typeof text === 'string' && { arguments: text }),
        ...(Object.keys(added).length > 0 && { extra: added }),
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
