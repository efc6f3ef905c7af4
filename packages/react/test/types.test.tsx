import {
  type ChatClient,
  type ChatSession,
  type ChatStatus,
  type ChatStreamError,
  createChatClient,
  type Message,
} from '@chatstream/core'
import { type QueryClient, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { describe, expectTypeOf, it } from 'vitest'
import {
  chatKeys,
  chatOptions,
  completionQueryOptions,
  setSendDefaults,
  useChatMessage,
  useChatSelector,
  useChatStream,
  useSuspenseChatStream,
} from '../src/index.js'

/** Checked by the compiler; nothing of it need run. */
const check = (
  _use: (given: { client: ChatClient; session: ChatSession; queryClient: QueryClient }) => void,
): void => {}
const messages = [{ role: 'user', content: 'Hello' }] as const

describe('types', () => {
  it('follow from the options', () => {
    check(({ client, session }) => {
      const cached = useChatStream({ id: '1', client, model: 'm' })
      expectTypeOf(cached.messages).toEqualTypeOf<readonly Message[]>()
      expectTypeOf(cached.status).toEqualTypeOf<ChatStatus>()
      expectTypeOf(cached.error).toEqualTypeOf<ChatStreamError | undefined>()
      expectTypeOf(cached.sendMessage).returns.resolves.toEqualTypeOf<Message | undefined>()
      expectTypeOf(cached.regenerate).parameters.toEqualTypeOf<[messageId?: string | undefined]>()
      expectTypeOf(cached.isPaused).toBeBoolean()
      expectTypeOf(cached.history.data).toEqualTypeOf<readonly Message[] | undefined>()
      expectTypeOf(useSuspenseChatStream({ client, model: 'm' })).toEqualTypeOf(cached)
      const own = useChatStream({ session })
      expectTypeOf(own.id).toBeString()
      // @ts-expect-error a session of one's own is in no cache
      own.history
      expectTypeOf(useChatMessage('1', '2')).toEqualTypeOf<Message | undefined>()
      expectTypeOf(useChatSelector('1', ({ status }) => status)).toEqualTypeOf<ChatStatus>()
      expectTypeOf(useChatMessage(session, '2')).toEqualTypeOf<Message | undefined>()
    })
  })

  it('let an error of this moment stand where a stored one may', () => {
    expectTypeOf<ChatStreamError>().toExtend<NonNullable<Message['error']>>()
  })

  it('refuse what is wrong', () => {
    check(({ client, session, queryClient }) => {
      // @ts-expect-error the model is missing
      useChatStream({ id: '1', client })
      // @ts-expect-error the client is missing
      useChatStream({ id: '1', model: 'm' })
      // @ts-expect-error there is no such choice
      useChatStream({ client, model: 'm', whenUnused: 'pause' })
      // @ts-expect-error both a session and what would make one
      useChatStream({ session, client, model: 'm' })
      // @ts-expect-error it is loaded as messages
      chatOptions({ id: '1', load: async () => ['Hello'] })
      // @ts-expect-error a conversation in the cache has an id
      chatOptions({})
      // @ts-expect-error the messages are missing
      completionQueryOptions({ client, model: 'm' })
      // @ts-expect-error not a list of messages
      queryClient.setQueryData(chatKeys.messages('1'), 'Hello')
    })
  })

  it('narrow what is told to the callbacks', () => {
    check(({ client }) => {
      useChatStream({
        client,
        model: 'm',
        onFinish: (end) => {
          expectTypeOf(end.message).toEqualTypeOf<Message>()
          expectTypeOf(end.messages).toEqualTypeOf<readonly Message[]>()
          expectTypeOf(end.isAbort).toBeBoolean()
          expectTypeOf(end.finishReason).toEqualTypeOf<string | undefined>()
        },
        onError: (error) => expectTypeOf(error).toEqualTypeOf<ChatStreamError>(),
        onCost: ({ message }) => expectTypeOf(message).toEqualTypeOf<Message>(),
      })
    })
  })

  it('go through the cache', () => {
    check(({ client, queryClient }) => {
      const options = chatOptions({ id: '1', load: async () => [] })
      expectTypeOf(queryClient.getQueryData(options.queryKey)).toEqualTypeOf<readonly Message[] | undefined>()
      expectTypeOf(useQuery(options).data).toEqualTypeOf<readonly Message[] | undefined>()
      expectTypeOf(useSuspenseQuery(options).data).toEqualTypeOf<readonly Message[]>()
      expectTypeOf(queryClient.ensureQueryData(options)).resolves.toEqualTypeOf<readonly Message[]>()
      queryClient.setQueryData(chatKeys.messages('1'), (now) => now?.slice(0, 1))
      const completion = completionQueryOptions({ client, model: 'm', messages, temperature: 1 })
      expectTypeOf(useQuery(completion).data).toEqualTypeOf<Message | undefined>()
      expectTypeOf(queryClient.getQueryData(completion.queryKey)).toEqualTypeOf<Message | undefined>()
      setSendDefaults(queryClient, { client: createChatClient(), chat: () => ({ load: async () => [] }) })
      // @ts-expect-error a message that was restored has no client of its own
      setSendDefaults(queryClient, {})
    })
  })
})
