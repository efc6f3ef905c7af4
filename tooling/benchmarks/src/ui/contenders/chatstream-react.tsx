import { createChatClient, type Message } from '@chatstream/core'
import { ChatText, useChatStream } from '@chatstream/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { memo, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { textOf, toMessages } from '../chat-messages.js'
import type { Mount } from '../ui-contender.js'

const Row = memo(({ message }: { readonly message: Message }) => (
  <article>
    <ChatText data-answer text={textOf(message)} isStreaming={message.state === 'streaming'} />
  </article>
))

export const mount: Mount = (container, { url, history, onCommit }) => {
  const client = createChatClient({ baseURL: url })
  const initialMessages = toMessages(history)
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
    text: () => textOf(chat?.messages.at(-1)),
    unmount: () => root.unmount(),
  }
}
