import { defined } from '../errors/chat-stream-error.js'
import type { WireMessage } from '../http/chat-request.js'
import type { ImagePart, Message, TextPart, ToolCallPart } from '../message/message.js'

/**
 * A conversation as the wire has it. Reasoning stays behind, as providers ask, and so do tool calls without a result,
 * which they refuse: an answer was stopped in the middle of one, or the user went on without.
 *
 * @see https://platform.openai.com/docs/api-reference/chat/create
 */
export function toWireMessages(messages: readonly Message[]): readonly WireMessage[] {
  const answered = new Set(messages.map(({ toolCallId }) => toolCallId))
  return messages.flatMap(({ role, parts, toolCallId }): WireMessage | [] => {
    const content = contentOf(parts.filter((part) => part.type === 'text' || part.type === 'image'))
    if (role === 'tool') return { role, content, ...defined({ tool_call_id: toolCallId }) }
    if (role !== 'assistant') return { role, content }
    const calls = parts.filter((part) => part.type === 'tool-call').filter(({ id }) => answered.has(id))
    const refusal = parts.map((part) => (part.type === 'refusal' ? part.text : '')).join('')
    if (content.length === 0 && calls.length === 0 && refusal === '') return []
    return {
      role,
      content: content.length > 0 ? content : null,
      ...(refusal !== '' && { refusal }),
      ...(calls.length > 0 && { tool_calls: calls.map(toWireCall) }),
    }
  })
}

/** Plain text is sent as a string, which every server takes. */
function contentOf(parts: readonly (TextPart | ImagePart)[]): string | readonly Record<string, unknown>[] {
  if (parts.every((part) => part.type === 'text')) return parts.map((part) => part.text).join('')
  return parts.map((part) =>
    part.type === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: part.url } },
  )
}

const toWireCall = ({ id, name, arguments: text, extra }: ToolCallPart): Record<string, unknown> => ({
  ...extra,
  id,
  type: 'function',
  function: { name, arguments: text },
})
