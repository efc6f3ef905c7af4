import { fetchServerSentEvents, type UIMessage, useChat } from '@tanstack/ai-react'
import { memo, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import type { Mount } from '../ui-contender.js'

const textOf = ({ parts }: UIMessage): string =>
  parts.map((part) => (part.type === 'text' ? part.content : '')).join('')

const Row = memo(({ message }: { readonly message: UIMessage }) => <pre data-answer>{textOf(message)}</pre>)

export const mount: Mount = (container, { url, history, onCommit }) => {
  const connection = fetchServerSentEvents(url)
  const initialMessages = history.map(
    (content, position): UIMessage => ({
      id: `${position}`,
      role: position % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', content }],
    }),
  )
  let chat: ReturnType<typeof useChat> | undefined
  const Chat = () => {
    chat = useChat({ connection, initialMessages })
    useLayoutEffect(onCommit)
    return chat.messages.map((message) => <Row key={message.id} message={message} />)
  }
  const root = createRoot(container)
  root.render(<Chat />)
  return {
    send: async () => chat?.sendMessage('Explain quantum computing'),
    text() {
      const message = chat?.messages.at(-1)
      return message === undefined ? '' : textOf(message)
    },
    unmount: () => root.unmount(),
  }
}
