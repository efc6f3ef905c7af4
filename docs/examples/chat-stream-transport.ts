import type { ChatClient, ChatEvent, WireMessage } from '@chatstream/core'
import type { ChatTransport, UIMessage, UIMessageChunk } from 'ai'
import type { Subscription } from 'rxjs'

/** Lets the AI SDK's `useChat` ask a client of ours. The last argument: fields of every request. */
export const createChatStreamTransport = (
  client: Pick<ChatClient, 'stream'>,
  model: string,
  request: Readonly<Record<string, unknown>> = {},
): ChatTransport<UIMessage> => ({
  async sendMessages({ messages, abortSignal, body }) {
    let answer: Subscription
    return new ReadableStream<UIMessageChunk>({
      start(controller) {
        const write = createChunkWriter((chunk) => controller.enqueue(chunk))
        answer = client
          .stream(
            { ...request, ...body, model, messages: messages.flatMap(toWire) },
            abortSignal && { signal: abortSignal },
          )
          .subscribe({
            next: write,
            error: (error) => controller.error(error), // `error` of useChat is the ChatStreamError itself
            complete: () => controller.close(),
          })
      },
      cancel: () => answer.unsubscribe(),
    })
  },
  reconnectToStream: async () => null,
})

/** Chat events to the chunks of a UI message stream: parts are opened and closed by name. */
function createChunkWriter(write: (chunk: UIMessageChunk) => void): (event: ChatEvent) => void {
  const calls = new Map<number, { id: string; name: string; text: string }>()
  let open: 'text' | 'reasoning' | undefined
  let parts = 0

  const close = (): void => {
    if (open !== undefined) write({ type: `${open}-end`, id: String(parts) })
    open = undefined
  }
  const piece = (kind: 'text' | 'reasoning', delta: string): void => {
    if (open !== kind) {
      close()
      open = kind
      parts += 1
      write({ type: `${kind}-start`, id: String(parts) })
    }
    write({ type: `${kind}-delta`, id: String(parts), delta })
  }

  return (event) => {
    if (event.type === 'response-start') {
      write({ type: 'start' })
      write({ type: 'start-step' })
    } else if (event.type === 'text-delta' || event.type === 'refusal-delta') piece('text', event.text)
    else if (event.type === 'reasoning-delta') piece('reasoning', event.text)
    else if (event.type === 'tool-call-delta') {
      const { toolIndex, id = '', name = '', arguments: text = '' } = event
      const call = calls.get(toolIndex) ?? { id: '', name: '', text: '' }
      calls.set(toolIndex, { id: id || call.id, name: call.name + name, text: call.text + text })
    } else if (event.type === 'usage')
      write({ type: 'message-metadata', messageMetadata: { usage: event.usage } })
    else if (event.type === 'cost') write({ type: 'message-metadata', messageMetadata: { cost: event.cost } })
    else if (event.type === 'answer-end') {
      close()
      for (const { id, name, text } of calls.values()) {
        const call = { toolCallId: id, toolName: name, dynamic: true } as const
        try {
          write({ type: 'tool-input-available', ...call, input: JSON.parse(text || '{}') as unknown })
        } catch {
          write({ type: 'tool-input-error', ...call, input: text, errorText: 'The arguments are not JSON.' })
        }
      }
      write({ type: 'finish-step' })
    }
  }
}

/** A UI message as the wire has it: one message for each step, and the results of the calls that were answered. */
function toWire({ role, parts }: UIMessage): readonly WireMessage[] {
  const steps = [0, ...parts.flatMap(({ type }, at) => (type === 'step-start' ? [at] : []))]
  return steps.flatMap((start, step) => toWireStep(role, parts.slice(start, steps[step + 1])))
}

function toWireStep(role: UIMessage['role'], parts: UIMessage['parts']): readonly WireMessage[] {
  const calls = parts
    .filter((part) => part.type === 'dynamic-tool')
    .filter(({ state }) => state === 'output-available')
  const content = parts.flatMap((part): readonly Record<string, unknown>[] => {
    if (part.type === 'text') return [{ type: 'text', text: part.text }]
    if (part.type === 'file') return [{ type: 'image_url', image_url: { url: part.url } }]
    return []
  })
  const tool_calls = calls.map(({ toolCallId, toolName, input }) => ({
    id: toolCallId,
    type: 'function',
    function: { name: toolName, arguments: JSON.stringify(input) },
  }))
  if (content.length === 0 && calls.length === 0) return []
  return [
    { role, content: content.length > 0 ? content : null, ...(calls.length > 0 && { tool_calls }) },
    ...calls.map(({ toolCallId, output }) => ({
      role: 'tool' as const,
      tool_call_id: toolCallId,
      content: JSON.stringify(output),
    })),
  ]
}
