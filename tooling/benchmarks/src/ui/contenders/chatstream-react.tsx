import { createChatClient, type Message } from '@chatstream/core'
import { ChatText, useChatStream } from '@chatstream/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { memo, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import type { Mount } from '../ui-contender.js'

const textOf = ({ parts }: Message): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('')

const Row = memo(({ message }: { readonly message: Message }) => (
  <article className={message.state === 'streaming' ? '' : 'settled'}>
    <ChatText data-answer text={textOf(message)} isStreaming={message.state === 'streaming'} />
  </article>
))

export const mount: Mount = (container, { url, history, onCommit }) => {
  const client = createChatClient({ baseURL: url })
  const initialMessages = history.map(
    (text, position): Message => ({
      id: `${position}`,
      role: position % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', text }],
      state: 'complete',
    }),
  )
  let chat: ReturnType<typeof useChatStream> | undefined
  const Chat = () => {
    chat = useChatStream({ id: 'chat', client, model: 'deepseek-chat', initialMessages })
    useLayoutEffect(onCommit)
    return chat.messages.map((message) => <Row key={message.id} message={message} />)
  }
  const root = createRoot(container)
  root.render(
    <QueryClientProvider client={new QueryClient()}>
      <Chat />
    </QueryClientProvider>,
  )
  return {
    send: async () => chat?.sendMessage('Explain quantum computing'),
    text() {
      const message = chat?.messages.at(-1)
      return message === undefined ? '' : textOf(message)
    },
    unmount: () => root.unmount(),
  }
}
