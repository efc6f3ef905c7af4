import { createChatClient } from '@chatstream/core'
import { describeLifecycle, type ShownState } from '@chatstream/lifecycle'
import { simulatorFromPage } from '@chatstream/lifecycle/in-browser'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, useLayoutEffect } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { type ChatStream, useChatStream } from '../src/index.js'

describeLifecycle('useChatStream, under StrictMode', {
  ...(await simulatorFromPage()),
  actions: ['stop', 'unmount', 'regenerate', 'edit'],
  hasReports: true,
  mount(options) {
    const client = createChatClient(options)
    const queryClient = new QueryClient()
    const listeners: ((state: ShownState) => void)[] = []
    let shown: ChatStream | undefined
    const Chat = () => {
      const chat = useChatStream({ id: '1', client, model: 'deepseek-chat', request: {} })
      useLayoutEffect(() => {
        const before = shown
        shown = chat
        const { messages, status, error, attempt } = chat
        const isNew =
          before?.messages !== messages ||
          before.status !== status ||
          before.error !== error ||
          before.attempt !== attempt
        if (isNew) for (const listener of listeners) listener(chat)
      })
      return null
    }
    const root = createRoot(document.createElement('div'))
    flushSync(() =>
      root.render(
        <StrictMode>
          <QueryClientProvider client={queryClient}>
            <Chat />
          </QueryClientProvider>
        </StrictMode>,
      ),
    )
    const chat = (): ChatStream => shown as ChatStream
    return {
      getState: chat,
      onState: (listener) => listeners.push(listener),
      sendMessage: (input) => chat().sendMessage(input),
      stop: () => chat().stop(),
      regenerate: () => chat().regenerate(),
      async unmount() {
        await undefined // not while React is rendering
        root.unmount()
      },
    }
  },
})
