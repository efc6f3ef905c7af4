import { brief, createFakeClient } from '@chatstream/fake-chat'
import { act, cleanup, render } from '@testing-library/react'
import { Component, type ReactNode, Suspense } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type ChatStreamOptions, useSuspenseChatStream } from '../src/index.js'
import { createGate, createQueryClient, message, pageOf, soon } from './mount-chat.js'

afterEach(cleanup)

class Boundary extends Component<{ children: ReactNode }, { message?: string }> {
  static getDerivedStateFromError = ({ message }: Error) => ({ message })
  override state: { message?: string } = {}
  override render = () =>
    this.state.message === undefined ? this.props.children : `failed: ${this.state.message}`
}

const mount = (options: Partial<ChatStreamOptions>) => {
  const client = createFakeClient()
  const Chat = () => {
    const { messages, sendMessage } = useSuspenseChatStream({
      id: '1',
      client,
      model: 'm',
      pace: false,
      ...options,
    })
    return (
      <button type="button" onClick={() => sendMessage('Hello')}>
        {brief(messages)?.join(', ')}
      </button>
    )
  }
  const { container } = render(
    <Boundary>
      <Suspense fallback="loading">
        <Chat />
      </Suspense>
    </Boundary>,
    { wrapper: pageOf(createQueryClient()) },
  )
  return { client, container, text: () => container.textContent }
}

describe('useSuspenseChatStream', () => {
  it('suspends until the history is there, and not again while an answer streams', async () => {
    const gate = createGate<readonly ReturnType<typeof message>[]>()
    const load = vi.fn(() => gate.passed)
    const { client, container, text } = mount({ load })
    await soon()
    expect(text()).toBe('loading')
    await act(async () => gate.open([message('0', 'user', 'Before')]))
    await soon()
    expect(text()).toBe('user: Before')
    await act(async () => container.querySelector('button')?.click())
    await act(async () => client.last().write('Good'))
    expect(text()).toBe('user: Before, user: Hello, assistant (streaming): Good')
    expect(load).toHaveBeenCalledTimes(1)
    expect(client.requests.length).toBe(1)
  })

  it('throws to the boundary if it cannot be loaded', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const { text } = mount({ load: () => Promise.reject(new Error('no history')) })
    await soon()
    expect(text()).toBe('failed: no history')
    vi.restoreAllMocks()
  })

  it('needs no history of a server', async () => {
    const { text } = mount({ initialMessages: [message('0', 'user', 'Before')] })
    expect(text()).toBe('user: Before')
  })
})
