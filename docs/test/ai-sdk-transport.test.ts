import { useChat } from '@ai-sdk/react'
import { createChatClient, isChatStreamError } from '@chatstream/core'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { lastAssistantMessageIsCompleteWithToolCalls, type UIMessage } from 'ai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createChatStreamTransport } from '../examples/chat-stream-transport.js'

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(async () => {
  cleanup()
  await simulator.close()
})

const mount = (model = 'deepseek-chat', request = {}) => {
  const transport = createChatStreamTransport(
    createChatClient({ baseURL: simulator.url, apiKey: 'any' }),
    model,
    request,
  )
  return renderHook(() =>
    useChat({ transport, sendAutomaticallyWhen: lastAssistantMessageIsCompleteWithToolCalls }),
  ).result
}

/** Without the questions of the page's own fetch, whether it may ask another origin. */
const requests = () => simulator.journal.entries.filter(({ method }) => method === 'POST')

const textOf = (message: UIMessage | undefined, type: 'text' | 'reasoning' = 'text'): string =>
  message?.parts.map((part) => (part.type === type ? part.text : '')).join('') ?? ''

describe("our stream as the transport of the AI SDK's useChat", () => {
  it('streams reasoning and text, each into a part of its own, and tells the cost', async () => {
    const chat = mount('deepseek-reasoner')
    await act(() => chat.current.sendMessage({ text: 'Prove that √2 is irrational' }))
    expect(chat.current.status).toBe('ready')
    const [, answer] = chat.current.messages
    expect(answer?.parts.map(({ type }) => type)).toEqual(['step-start', 'reasoning', 'text'])
    expect(textOf(answer, 'reasoning')).not.toBe('')
    expect(textOf(answer)).toContain('irrational')
    expect(answer?.metadata).toEqual({ cost: expect.stringMatching(/^0\.\d+$/) })
  })

  it('sends the whole conversation, images included', async () => {
    const chat = mount()
    const url = 'data:image/png;base64,AA=='
    await act(() =>
      chat.current.sendMessage({ text: 'One', files: [{ type: 'file', mediaType: 'image/png', url }] }),
    )
    await act(() => chat.current.sendMessage({ text: 'Two' }))
    const body = requests()[1]?.body as { messages: { role: string; content: unknown }[] }
    expect(body.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
    expect(body.messages[0]?.content).toContainEqual({ type: 'image_url', image_url: { url } })
  })

  it('hands on our error, and keeps what came before it', async () => {
    simulator.setFaults('reset after=5')
    const chat = mount()
    await act(() => chat.current.sendMessage({ text: 'Explain quantum computing' }))
    expect(chat.current.status).toBe('error')
    expect(isChatStreamError(chat.current.error) && chat.current.error.kind).toBe('network')
    expect(textOf(chat.current.messages[1])).not.toBe('')
  })

  it('closes the connection on stop', async () => {
    simulator.setFaults('stall after=5')
    const chat = mount()
    const sent = chat.current.sendMessage({ text: 'Explain quantum computing' })
    await waitFor(() => expect(textOf(chat.current.messages[1])).not.toBe(''))
    await act(() => chat.current.stop())
    await act(() => sent)
    expect(chat.current.status).toBe('ready')
    const [entry] = requests()
    await entry?.closed
    expect(entry?.closedBy).toBe('client')
  })

  it('calls a tool, and goes on with its result', async () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }
    const tools = [{ type: 'function', function: { name: 'weather', parameters } }]
    const chat = mount('deepseek-chat', { tools })
    await act(() => chat.current.sendMessage({ text: 'What is the weather in Kyoto?' }))
    const call = chat.current.messages[1]?.parts.find((part) => part.type === 'dynamic-tool')
    expect(call).toMatchObject({ toolName: 'weather', input: { city: expect.any(String) } })
    await act(async () => {
      await chat.current.addToolOutput({
        tool: 'weather',
        toolCallId: call?.toolCallId ?? '',
        output: 'rain',
      })
    })
    await waitFor(() => expect(chat.current.status).toBe('ready'))
    expect(textOf(chat.current.messages.at(-1))).toContain('rain')
    await act(() => chat.current.sendMessage({ text: 'Thank you' }))
    const bodies = requests().map(({ body }) => body as { messages: { role: string; content: unknown }[] })
    expect(bodies.map(({ messages }) => messages.map(({ role }) => role))).toEqual([
      ['user'],
      ['user', 'assistant', 'tool'],
      ['user', 'assistant', 'tool', 'assistant', 'user'],
    ])
    expect(bodies[1]?.messages[2]?.content).toBe('"rain"')
  })
})
