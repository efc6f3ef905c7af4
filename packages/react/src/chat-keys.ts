import type { Message } from '@chatstream/core'
import type { DataTag } from '@tanstack/react-query'

/** The key of a conversation's messages. It knows its data: `getQueryData(chatKeys.messages(id))` gives messages. */
export type ChatMessagesKey = DataTag<readonly ['chatstream', 'messages', string], readonly Message[], Error>

export const messagesKey = (id: string): ChatMessagesKey =>
  ['chatstream', 'messages', id] as unknown as ChatMessagesKey

export const sendKey = (id: string): readonly ['chatstream', 'send', string] => ['chatstream', 'send', id]

/**
 * The keys under which conversations are in the query cache.
 *
 * @example
 * ```ts
 * import { chatKeys } from '@chatstream/react'
 * import { QueryClient } from '@tanstack/react-query'
 *
 * const queryClient = new QueryClient()
 * void queryClient.invalidateQueries({ queryKey: chatKeys.all })
 * const messages = queryClient.getQueryData(chatKeys.messages('1'))
 * ```
 */
export const chatKeys: {
  /** Everything of ours, for filters and defaults. */
  readonly all: readonly ['chatstream']
  readonly messages: (id: string) => ChatMessagesKey
  /** Of the mutations that send. */
  readonly send: (id: string) => readonly ['chatstream', 'send', string]
  readonly completion: (request: unknown) => readonly ['chatstream', 'completion', unknown]
} = {
  all: ['chatstream'],
  messages: messagesKey,
  send: sendKey,
  completion: (request) => ['chatstream', 'completion', request],
}
