import { useChat } from '@ai-sdk/react'
import { DefaultChatTransport, type UIMessage } from 'ai'
import { memo, useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import type { Mount } from '../ui-contender.js'

const textOf = ({ parts }: UIMessage): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('')

const Row = memo(({ message }: { readonly message: UIMessage }) => <pre data-answer>{textOf(message)}</pre>)

export const mountAiSdk =
  (throttle?: number): Mount =>
  (container, { url, history, onCommit }) => {
    const transport = new DefaultChatTransport({ api: url })
    const messages = history.map(
      (text, position): UIMessage => ({
        id: `${position}`,
        role: position % 2 === 0 ? 'user' : 'assistant',
        parts: [{ type: 'text', text }],
      }),
    )
    let chat: ReturnType<typeof useChat> | undefined
    const Chat = () => {
      chat = useChat({ transport, messages, ...(throttle !== undefined && { throttle }) })
      useLayoutEffect(onCommit)
      return chat.messages.map((message) => <Row key={message.id} message={message} />)
    }
    const root = createRoot(container)
    root.render(<Chat />)
    return {
      send: async () => chat?.sendMessage({ text: 'Explain quantum computing' }),
      text() {
        const message = chat?.messages.at(-1)
        return message === undefined ? '' : textOf(message)
      },
      unmount: () => root.unmount(),
    }
  }

export const mount: Mount = mountAiSdk()
