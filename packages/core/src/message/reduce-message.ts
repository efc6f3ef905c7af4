import type { ChatEvent } from '../event/chat-event.js'
import type { Usage } from '../event/usage.js'
import type { Message, MessagePart } from './message.js'
import { reduceParts } from './reduce-parts.js'

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
    case 'choice-end':
      return event.index === choice ? { ...message, finishReason: event.finishReason } : message
    case 'answer-reset':
      return emptyMessage(message.id)
    case 'usage':
      return { ...message, usage: event.usage }
    case 'answer-end':
      return { ...message, state: 'complete' }
    case 'cost': {
      const { type: _, ...cost } = event
      return { ...message, cost, ...reconcile(message.usage, cost) }
    }
    default: {
      const parts = reduceParts(message.parts, event, choice)
      return parts === message.parts ? message : withParts(message, parts)
    }
  }
}

/** A literal, since this is done for every token: to spread takes four times as long. */
function withParts(message: Message, parts: readonly MessagePart[]): Message {
  const { id, role, state, finishReason, usage, cost, error, report, toolCallId, streamId } = message
  const isBare = (finishReason ?? usage ?? cost ?? error ?? report ?? toolCallId ?? streamId) === undefined
  return isBare ? { id, role, parts, state } : { ...message, parts }
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
