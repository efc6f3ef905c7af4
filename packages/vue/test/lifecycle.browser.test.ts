import { createChatClient } from '@chatstream/core'
import { describeLifecycle, type ShownState } from '@chatstream/lifecycle'
import { simulatorFromPage } from '@chatstream/lifecycle/in-browser'
import { createApp, defineComponent, watch } from 'vue'
import { type ChatStream, useChatStream } from '../src/index.js'

describeLifecycle('useChatStream', {
  ...(await simulatorFromPage()),
  actions: ['stop', 'unmount', 'regenerate', 'edit'],
  hasReports: true,
  mount(options) {
    const client = createChatClient(options)
    const listeners: ((state: ShownState) => void)[] = []
    let chat: ChatStream | undefined
    let shown: ShownState | undefined
    const app = createApp(
      defineComponent(() => {
        chat = useChatStream(() => ({ id: '1', client, model: 'deepseek-chat', request: {} }))
        const { messages, status, error, attempt } = chat
        const read = (): ShownState => ({
          messages: messages.value,
          status: status.value,
          error: error.value,
          attempt: attempt.value,
        })
        shown = read()
        // When it is on the page.
        watch(
          [messages, status, error, attempt],
          () => {
            shown = read()
            for (const listener of listeners) listener(shown)
          },
          { flush: 'post' },
        )
        return () => status.value
      }),
    )
    app.mount(document.createElement('div'))
    return {
      getState: () => shown as ShownState,
      onState: (listener) => listeners.push(listener),
      sendMessage: (input) => chat?.sendMessage(input),
      stop: () => chat?.stop(),
      regenerate: () => chat?.regenerate(),
      unmount: () => app.unmount(),
    }
  },
})
