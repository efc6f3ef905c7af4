import type { ChatEvent, ToolCallDelta } from '../event/chat-event.js'
import type { MessagePart, ToolCallPart } from './message.js'

const textPart = { 'text-delta': 'text', 'reasoning-delta': 'reasoning', 'refusal-delta': 'refusal' } as const

/** (parts, event) → parts of a message. Pure; the same list comes back if the event brings no piece of this choice. */
export function reduceParts(
  parts: readonly MessagePart[],
  event: ChatEvent,
  choice = 0,
): readonly MessagePart[] {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'refusal-delta':
      return event.index === choice ? withText(parts, textPart[event.type], event.text) : parts
    case 'tool-call-delta':
      return event.index === choice ? withToolCall(parts, event) : parts
    case 'answer-reset':
      return []
    default:
      return parts
  }
}

/** Text goes on in the last part if that is of its kind; else it opens a new one. */
function withText(
  parts: readonly MessagePart[],
  type: 'text' | 'reasoning' | 'refusal',
  text: string,
): readonly MessagePart[] {
  const at = parts.length - 1
  const last = parts[at]
  if (last?.type !== type) return [...parts, { type, text }]
  const part = { type, text: last.text + text }
  if (at === 0) return [part] // as most answers are
  const changed = parts.slice()
  changed[at] = part
  return changed
}

function withToolCall(parts: readonly MessagePart[], delta: ToolCallDelta): readonly MessagePart[] {
  const before = parts.find(
    (part): part is ToolCallPart => part.type === 'tool-call' && part.toolIndex === delta.toolIndex,
  )
  const call: ToolCallPart = {
    type: 'tool-call',
    toolIndex: delta.toolIndex,
    id: delta.id ?? before?.id ?? '',
    name: delta.name ?? before?.name ?? '',
    arguments: (before?.arguments ?? '') + (delta.arguments ?? ''),
    ...((before?.extra ?? delta.extra) && { extra: { ...before?.extra, ...delta.extra } }),
  }
  return before ? parts.map((part) => (part === before ? call : part)) : [...parts, call]
}
