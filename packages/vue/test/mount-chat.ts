import { createFakeClient, type FakeClient } from '@chatstream/fake-chat'
import { mount } from '@vue/test-utils'
import { onTestFinished } from 'vitest'
import { defineComponent, h, nextTick, type Plugin, shallowRef } from 'vue'
import {
  type ChatSessions,
  type ChatStream,
  type ChatStreamOptions,
  createChatSessions,
  useChatStream,
} from '../src/index.js'

export interface MountOptions extends Partial<ChatStreamOptions> {
  readonly sessions?: ChatSessions
}

/** A component with the composable, which is gone when the test is over. */
export function mountChat({ sessions = createChatSessions(), ...options }: MountOptions = {}) {
  const client = (options.client as FakeClient | undefined) ?? createFakeClient()
  const defaults: ChatStreamOptions = { id: '1', model: 'm', pace: false, ...options, client }
  const changes = shallowRef<Partial<ChatStreamOptions>>({})
  let chat: ChatStream | undefined
  let renders = 0
  const page = mount(
    defineComponent(() => {
      chat = useChatStream(() => ({ ...defaults, ...changes.value }))
      const { messages, status } = chat
      return () => {
        renders++
        return h('p', `${status.value} ${messages.value.length}`)
      }
    }),
    { global: { plugins: [sessions as Plugin] } },
  )
  onTestFinished(() => page.unmount())
  return {
    page,
    client,
    sessions,
    chat: chat as unknown as ChatStream,
    renders: () => renders,
    change: (next: Partial<ChatStreamOptions>) => {
      changes.value = next
    },
    send(text = 'Hello') {
      void (chat as unknown as ChatStream).sendMessage(text)
    },
  }
}

/** Everything that was going to happen without waiting for a server has happened. */
export const soon = async (): Promise<void> => {
  for (let round = 0; round < 3; round++) await nextTick()
}
