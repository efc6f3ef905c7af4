import { Chat } from '@ai-sdk/vue'
import { DefaultChatTransport, type UIMessage } from 'ai'
import { createApp, defineComponent, h, onUpdated } from 'vue'
import type { Mount } from '../ui-contender.js'

const textOf = ({ parts }: UIMessage): string =>
  parts.map((part) => (part.type === 'text' ? part.text : '')).join('')

const Row = defineComponent(
  (props: { readonly message: UIMessage }) => () => h('pre', { 'data-answer': '' }, textOf(props.message)),
  { props: ['message'] },
)

export const mount: Mount = (container, { url, history, onCommit }) => {
  const messages = history.map(
    (text, position): UIMessage => ({
      id: `${position}`,
      role: position % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', text }],
    }),
  )
  const chat = new Chat({ transport: new DefaultChatTransport({ api: url }), messages })
  const View = defineComponent(() => {
    onUpdated(onCommit)
    return () => chat.messages.map((message) => h(Row, { key: message.id, message }))
  })
  const app = createApp(View)
  app.mount(container)
  return {
    send: () => chat.sendMessage({ text: 'Explain quantum computing' }),
    text() {
      const message = chat.messages.at(-1)
      return message === undefined ? '' : textOf(message)
    },
    unmount: () => app.unmount(),
  }
}
