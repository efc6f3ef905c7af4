import { type useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { CachedChatStream, ChatStreamOptions } from './chat-stream.js'
import { useCachedChat } from './use-cached-chat.js'

/** Like `useChatStream`, but suspends until the history is there, and throws if it cannot be loaded. */
export function useSuspenseChatStream(options: ChatStreamOptions): CachedChatStream {
  // Its result has no `isPlaceholderData`; otherwise they are the same.
  return useCachedChat(options, useSuspenseQuery as unknown as typeof useQuery)
}
