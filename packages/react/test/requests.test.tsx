// @vitest-environment node
import '@chatstream/fake-chat/open-page'
import { createChatClient } from '@chatstream/core'
import { brief } from '@chatstream/fake-chat'
import { type SimulatorOptions, startSimulator } from '@chatstream/simulator'
import { QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { completionQueryOptions, useChatStream } from '../src/index.js'
import { createQueryClient, mountChat, soon } from './mount-chat.js'

afterEach(cleanup)

const start = async (options: SimulatorOptions = {}) => {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  return {
    simulator,
    client: createChatClient({ baseURL: simulator.url, apiKey: 'KEY', retry: false }),
  }
}

const until = (holds: () => void): Promise<void> => waitFor(holds, { timeout: 5000 })

describe('over a real socket', () => {
  it('a send is one request, whatever StrictMode, renders and the number of components do', async () => {
    const { simulator, client } = await start()
    const queryClient = createQueryClient()
    const shown: (readonly string[] | undefined)[] = []
    let send = (_: string): unknown => undefined
    const Chat = ({ position }: { position: number }) => {
      const chat = useChatStream({ id: '1', client, model: 'deepseek-chat', request: {} })
      shown[position] = brief(chat.messages)
      send = chat.sendMessage
      return chat.status
    }
    const page = (count: number) => (
      <QueryClientProvider client={queryClient}>
        {Array.from({ length: count }, (_, at) => (
          <Chat key={String(at)} position={at} />
        ))}
      </QueryClientProvider>
    )
    const { container, rerender } = render(page(5))
    await act(async () => void send('Hello'))
    for (const count of [6, 2, 4]) {
      rerender(page(count))
      await soon()
    }
    await until(() => expect(container.textContent).toBe('ready'.repeat(4)))
    expect(simulator.journal.entries.length).toBe(1)
    expect((await simulator.journal.entries[0]?.closed)?.closedBy).toBe('server')
    expect(shown[0]?.length).toBe(2)
    expect(shown[3]).toEqual(shown[0])
  })

  it('the connection closes when the last component goes, and when the user stops', async () => {
    const { simulator, client } = await start({ tokensPerSecond: 20 })
    const { chat, send, unmount } = mountChat({ client, model: 'deepseek-chat' })
    await send()
    await until(() => expect(chat().status).toBe('streaming'))
    act(() => chat().stop())
    expect((await simulator.journal.entries[0]?.closed)?.closedBy).toBe('client')
    await send('Again')
    await until(() => expect(chat().status).toBe('streaming'))
    unmount()
    expect((await simulator.journal.entries[1]?.closed)?.closedBy).toBe('client')
    expect(simulator.journal.entries.length).toBe(2)
  })

  it('the attempts are shown as they happen', async () => {
    const { simulator } = await start({ faults: 'status code=503 times=1' })
    const client = createChatClient({ baseURL: simulator.url, apiKey: 'KEY', retry: { baseDelayMs: 1 } })
    const { chat, send } = mountChat({ client, model: 'deepseek-chat' })
    await send()
    await until(() => expect(chat().status).toBe('ready'))
    expect(chat().messages[1]?.report?.attempts).toBe(2)
    expect(simulator.journal.entries.length).toBe(2)
  })

  it('a completion is one request', async () => {
    const { simulator, client } = await start()
    const queryClient = createQueryClient()
    const messages = [{ role: 'user', content: 'Hello' }] as const
    const options = completionQueryOptions({ client, model: 'deepseek-chat', messages })
    const answers = await Promise.all([queryClient.fetchQuery(options), queryClient.fetchQuery(options)])
    expect(answers[0]).toBe(answers[1])
    expect(answers[0]?.cost?.cost).toBeDefined()
    expect(simulator.journal.entries.length).toBe(1)
  })
})
