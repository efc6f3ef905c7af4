import { brief, createFakeClient } from '@chatstream/fake-chat'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ReactQueryDevtools } from '@tanstack/react-query-devtools/production'
import { memo, type ReactNode, StrictMode, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type CachedChatStream, chatKeys, useChatMessage, useChatStream } from '../src/index.js'

const show = (page: ReactNode, queryClient = new QueryClient()) => {
  const container = document.createElement('div')
  document.body.append(container)
  const root = createRoot(container)
  root.render(<QueryClientProvider client={queryClient}>{page}</QueryClientProvider>)
  onTestFinished(() => {
    root.unmount()
    container.remove()
    queryClient.clear()
  })
  return { container, root }
}

describe('in a page', () => {
  it('2,000 pieces are no more renders than frames, and the other rows do not render at all', async () => {
    const client = createFakeClient()
    const rendered = new Map<string, number>()
    let commits = 0
    let chat: CachedChatStream | undefined
    const Row = memo(({ id }: { id: string }) => {
      const row = useChatMessage('1', id)
      rendered.set(id, (rendered.get(id) ?? 0) + 1)
      return <p>{brief(row && [row])}</p>
    })
    const initialMessages = Array.from({ length: 200 }, (_, at) => ({
      id: `m${at}`,
      role: 'user' as const,
      parts: [{ type: 'text' as const, text: `${at}` }],
      state: 'complete' as const,
    }))
    const Chat = () => {
      chat = useChatStream({ id: '1', client, model: 'm', initialMessages })
      useLayoutEffect(() => {
        commits++
      })
      return chat.messages.map(({ id }) => <Row key={id} id={id} />)
    }
    show(<Chat />)
    await vi.waitFor(() => expect(rendered.size).toBe(200))
    void chat?.sendMessage('Hello')
    await vi.waitFor(() => expect(client.requests.length).toBe(1))
    const before = new Map(rendered)
    let frames = 0
    const count = (): void => {
      frames++
      frame = requestAnimationFrame(count)
    }
    let frame = requestAnimationFrame(count)
    commits = 0
    // Each in a task of its own, as from a socket.
    const { port1, port2 } = new MessageChannel()
    await new Promise<void>((resolve) => {
      let written = 0
      port1.onmessage = () => {
        if (written === 2000) return resolve()
        for (let at = 0; at < 5; at++) client.last().write('word ')
        written += 5
        port2.postMessage(undefined)
      }
      port2.postMessage(undefined)
    })
    client.last().finish()
    await vi.waitFor(() => expect(chat?.status).toBe('ready'))
    cancelAnimationFrame(frame)
    port1.close()
    expect(commits).toBeGreaterThan(0)
    expect(commits).toBeLessThanOrEqual(frames + 3)
    for (const { id } of initialMessages) expect(rendered.get(id)).toBe(before.get(id))
    expect(rendered.size).toBe(202)
  })

  it('the devtools show a conversation without taking part in it', async () => {
    const client = createFakeClient()
    const queryClient = new QueryClient()
    let chat: CachedChatStream | undefined
    const Chat = () => {
      chat = useChatStream({ id: '1', client, model: 'm', pace: false })
      return null
    }
    const page = (isOpen: boolean) => (
      <StrictMode>
        <ReactQueryDevtools client={queryClient} initialIsOpen />
        {isOpen && (
          <QueryClientProvider client={queryClient}>
            <Chat />
          </QueryClientProvider>
        )}
      </StrictMode>
    )
    const { container, root } = show(page(true), queryClient)
    await vi.waitFor(() => expect(chat).toBeDefined())
    void chat?.sendMessage('Hello')
    await vi.waitFor(() => expect(client.requests.length).toBe(1))
    client.last().write('Good')
    const key = JSON.stringify(chatKeys.messages('1'))
    await vi.waitFor(() => expect(container.textContent).toContain(key), { timeout: 5000 })
    expect(brief(chat?.messages)).toEqual(['user: Hello', 'assistant (streaming): Good'])
    // They look at the cache, not at the query: it has one observer less now, which makes none.
    root.render(page(false))
    await vi.waitFor(() => expect(client.last().isClosed()).toBe(true))
  })
})
