import { defined } from '../errors/chat-stream-error.js'
import type { WireMessage } from '../http/chat-request.js'
import type { Message, MessagePart, ToolCallPart } from '../message/message.js'

/**
 * A conversation as the wire has it. Reasoning stays behind, as providers ask, and so do tool calls without a result,
 * which they refuse: an answer was stopped in the middle of one, or the user went on without.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function toWireMessages(messages: readonly Message[]): readonly WireMessage[] {
  const answered = new Set(messages.map(({ toolCallId }) => toolCallId))
  return messages.flatMap(({ role, parts, toolCallId }): WireMessage | [] => {
    const content = contentOf(parts)
    if (role !== 'assistant') return { role, content, ...defined({ tool_call_id: toolCallId }) }
    const calls = parts.filter((part) => part.type === 'tool-call').filter(({ id }) => answered.has(id))
    if (!content && calls.length === 0) return []
    return {
      role,
      content: content || null,
      ...(calls.length > 0 && { tool_calls: calls.map(toWireCall) }),
    }
  })
}

/** Plain text is sent as a string, which every server takes; so is a refusal, whose own field few servers know. */
function contentOf(parts: readonly MessagePart[]): string | readonly Record<string, unknown>[] {
  const said = parts.flatMap((part) => {
    if (part.type === 'image') return { type: 'image_url', image_url: { url: part.url } }
    return part.type === 'text' || part.type === 'refusal' ? { type: 'text', text: part.text } : []
  })
  return said.every((part) => 'text' in part) ? said.map(({ text }) => text).join('') : said
}

const toWireCall = ({ id, name, arguments: text, extra }: ToolCallPart): Record<string, unknown> => ({
  ...extra,
  id,
  type: 'function',
  function: { name, arguments: text },
})
