import type { ChatCallbacks, ChatInput, ChatSession, ChatSessionOptions } from '@chatstream/core'
import { type MaybeRefOrGetter, toRaw, toValue } from 'vue'
import type { ChatStreamOptions, SessionOptions } from './chat-stream.js'

/** The options at one moment. Without a session, client and model are there. */
export interface ReadOptions extends ChatCallbacks, Omit<ChatSessionOptions, 'id'> {
  readonly session: ChatSession | undefined
  readonly id: string | undefined
  readonly whenUnused?: 'stop' | 'continue' | undefined
}

/** Whatever was made reactive is taken as it is: no proxy comes into a session, or out of it with a message. */
export function readOptions(options: MaybeRefOrGetter<ChatStreamOptions | SessionOptions>): ReadOptions {
  const {
    session,
    client,
    model,
    ...rest
  }: Partial<ChatStreamOptions & Record<keyof SessionOptions, unknown>> = toValue(
    options,
  ) as ChatStreamOptions
  const { id, initialMessages, store } = rest
  return {
    ...rest,
    initialMessages: initialMessages && rawList(initialMessages),
    store: toRaw(store),
    session: toRaw(toValue(session as SessionOptions['session'] | undefined)),
    id: toValue(id),
    client: toRaw(toValue(client)),
    model: toValue(model),
  } as ReadOptions
}

export const rawList = <T>(list: readonly T[]): readonly T[] => toRaw(list).map(toRaw)

export const rawInput = (input: string | ChatInput): string | ChatInput =>
  typeof input === 'object' && input.parts ? { ...input, parts: rawList(input.parts) } : input
