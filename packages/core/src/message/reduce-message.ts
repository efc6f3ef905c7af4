import type { ChatEvent, ToolCallDelta } from '../event/chat-event.js'
import type { Usage } from '../event/usage.js'
import type { Message, MessagePart, ToolCallPart } from './message.js'

/** The message before anything has arrived. */
export const emptyMessage = (id: string): Message => ({
  id,
  role: 'assistant',
  parts: [],
  state: 'streaming',
})

/**
 * (message, event) → message. Pure; the same object comes back if the event says nothing about this message.
 *
 * @param choice which of several choices the message is.
 */
export function reduceMessage(message: Message, event: ChatEvent, choice = 0): Message {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'refusal-delta':
      return event.index === choice ? withText(message, textPart[event.type], event.text) : message
    case 'tool-call-delta':
      return event.index === choice ? withToolCall(message, event) : message
    case 'choice-end':
      return event.index === choice ? { ...message, finishReason: event.finishReason } : message
    case 'answer-reset':
      return { id: message.id, role: message.role, parts: [], state: 'streaming' }
    case 'usage':
      return { ...message, usage: event.usage }
    case 'answer-end':
      return { ...message, state: 'complete' }
    case 'cost': {
      const { type: _, ...cost } = event
      return { ...message, cost, ...reconcile(message.usage, cost) }
    }
    default:
      return message
  }
}

const textPart = { 'text-delta': 'text', 'reasoning-delta': 'reasoning', 'refusal-delta': 'refusal' } as const

/** Text goes on in the last part if that is of its kind; else it opens a new one. */
function withText(message: Message, type: 'text' | 'reasoning' | 'refusal', text: string): Message {
  const parts = message.parts.slice()
  const last = parts.at(-1)
  if (last?.type === type) parts[parts.length - 1] = { type, text: last.text + text }
  else parts.push({ type, text })
  return withParts(message, parts)
}

/** Written in two steps, since this is done for every token: a literal that spreads and overrides takes twice as long. */
function withParts(message: Message, parts: readonly MessagePart[]): Message {
  const copy: { -readonly [Field in keyof Message]: Message[Field] } = { ...message }
  copy.parts = parts
  return copy
}

function withToolCall(message: Message, delta: ToolCallDelta): Message {
  const before = message.parts.find(
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
  const parts = before
    ? message.parts.map((part) => (part === before ? call : part))
    : [...message.parts, call]
  return withParts(message, parts)
}

/** What the provider counted stands; the counts that were billed fill in what it did not say. */
function reconcile(usage: Usage | undefined, billed: Usage): { usage?: Usage } {
  const prompt_tokens = countOf('prompt_tokens', usage, billed)
  const completion_tokens = countOf('completion_tokens', usage, billed)
  if (prompt_tokens === undefined || completion_tokens === undefined) return {}
  const total_tokens = countOf('total_tokens', usage) ?? prompt_tokens + completion_tokens
  return { usage: { ...usage, prompt_tokens, completion_tokens, total_tokens } }
}

/** The first that is a number: servers send null, and strings, too. */
const countOf = (
  field: 'prompt_tokens' | 'completion_tokens' | 'total_tokens',
  ...usages: readonly (Usage | undefined)[]
): number | undefined =>
  usages.map((usage): unknown => usage?.[field]).find((count) => typeof count === 'number')
