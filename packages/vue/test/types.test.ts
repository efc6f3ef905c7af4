import {
  type ChatClient,
  type ChatSession,
  type ChatStatus,
  type ChatStreamError,
  createChatSession,
  type Message,
} from '@chatstream/core'
import { describe, expectTypeOf, it } from 'vitest'
import { computed, h, type MaybeRefOrGetter, reactive, ref, type ShallowRef, shallowRef } from 'vue'
import { ChatText, createChatSessions, useChatStream } from '../src/index.js'

/** Checked by the compiler; nothing of it need run. */
const check = (_use: (given: { client: ChatClient; session: ChatSession }) => void): void => {}

describe('types', () => {
  it('of what is returned', () => {
    check(({ client }) => {
      const chat = useChatStream({ id: '1', client, model: 'm' })
      expectTypeOf(chat.messages).toEqualTypeOf<Readonly<ShallowRef<readonly Message[]>>>()
      expectTypeOf(chat.status.value).toEqualTypeOf<ChatStatus>()
      expectTypeOf(chat.error.value).toEqualTypeOf<ChatStreamError | undefined>()
      expectTypeOf(chat.id.value).toBeString()
      expectTypeOf(chat.sendMessage).returns.resolves.toEqualTypeOf<Message | undefined>()
      expectTypeOf(chat.regenerate).parameters.toEqualTypeOf<[messageId?: string | undefined]>()
      expectTypeOf(computed(() => chat.messages.value.at(-1)?.parts.length)).toExtend<
        Readonly<ShallowRef<number | undefined>>
      >()
      // @ts-expect-error a ref that is read only
      chat.messages.value = []
      // @ts-expect-error messages are replaced, never changed
      chat.messages.value.push()
    })
  })

  it('of options that are plain, refs, getters or reactive', () => {
    check(({ client, session }) => {
      const id = ref('1')
      const model = shallowRef('m')
      useChatStream({ id, client, model })
      useChatStream({ id: () => id.value, client: () => client, model: computed(() => 'm') })
      useChatStream(() => ({ id: id.value, client, model: model.value }))
      useChatStream(ref({ client, model }))
      useChatStream(reactive({ id, client, model }))
      useChatStream(computed(() => ({ client, model: 'm', whenUnused: 'continue' as const })))
      useChatStream({ session })
      useChatStream(() => ({ session }))
      useChatStream({ session: shallowRef(createChatSession({ client, model: 'm' })) })
      useChatStream(() => (id.value === '1' ? { session } : { client, model: 'm' }))
      const generic = (options: MaybeRefOrGetter<{ client: ChatClient; model: string }>) =>
        useChatStream(options)
      expectTypeOf(generic).returns.toHaveProperty('messages')
    })
  })

  it('narrow what is told to the callbacks', () => {
    check(({ client }) => {
      useChatStream(() => ({
        client,
        model: 'm',
        onFinish: (end) => {
          expectTypeOf(end.message).toEqualTypeOf<Message>()
          expectTypeOf(end.isAbort).toBeBoolean()
        },
        onError: (error) => expectTypeOf(error).toEqualTypeOf<ChatStreamError>(),
        onCost: ({ message }) => expectTypeOf(message).toEqualTypeOf<Message>(),
      }))
    })
  })

  it('refuse what is wrong', () => {
    check(({ client, session }) => {
      // @ts-expect-error the model is missing
      useChatStream({ id: '1', client })
      // @ts-expect-error the client is missing
      useChatStream(() => ({ id: '1', model: 'm' }))
      // @ts-expect-error an id is a string
      useChatStream({ id: ref(1), client, model: 'm' })
      // @ts-expect-error there is no such choice
      useChatStream(() => ({ client, model: 'm', whenUnused: 'pause' }))
      // @ts-expect-error both a session and what would make one
      useChatStream({ session, client, model: 'm' })
      // @ts-expect-error both, by a getter
      useChatStream(() => ({ session, client, model: 'm' }))
      // @ts-expect-error a list of conversations
      createChatSessions({ version: 1, id: '1', messages: [] })
    })
  })

  it('of ChatText', () => {
    check(() => {
      h(ChatText, { text: 'x', isStreaming: true, class: 'answer', lang: 'ja' })
      // @ts-expect-error the text is missing
      h(ChatText, { isStreaming: true })
    })
  })
})
