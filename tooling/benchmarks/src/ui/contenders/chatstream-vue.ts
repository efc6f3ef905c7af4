import { createChatClient, type Message } from '@chatstream/core'
import { ChatText, createChatSessions, useChatStream } from '@chatstream/vue'
import { createApp, defineComponent, h, onUpdated, type VNode, withMemo } from 'vue'
import { textOf, toMessages } from '../chat-messages.js'
import type { Mount } from '../ui-contender.js'

const Row = defineComponent(
  (props: { readonly message: Message }) => () => {
    const isStreaming = props.message.state === 'streaming'
    const text = h(ChatText, { 'data-answer': '', text: textOf(props.message), isStreaming })
    return h('article', [text])
  },
  { props: ['message'] },
)

export const mount: Mount = (container, { url, history, onCommit }) => {
  const client = createChatClient({ baseURL: url })
  const initialMessages = toMessages(history)
  let chat: ReturnType<typeof useChatStream> | undefined
  const Chat = defineComponent(() => {
    const { messages, ...rest } = useChatStream({
      id: 'chat',
      client,
      model: 'deepseek-chat',
      initialMessages,
    })
    chat = { messages, ...rest }
    onUpdated(onCommit)
    const memo: VNode[] = []
    // As a template does it: `v-for`, and `v-memo="[message]"`.
    return () =>
      messages.value.map((message, position) =>
        withMemo([message], () => h(Row, { key: message.id, message }), memo, position),
      )
  })
  const app = createApp(Chat)
  app.use(createChatSessions())
  app.mount(container)
  return {
    send: async () => chat?.sendMessage('Explain quantum computing'),
    text: () => textOf(chat?.messages.value.at(-1)),
    unmount: () => app.unmount(),
  }
}
