import { getConversations, subscribeConversations } from '@chatstream/chat-kit'
import { useSyncExternalStore } from 'react'

export const useConversations = (): ReturnType<typeof getConversations> =>
  useSyncExternalStore(subscribeConversations, getConversations)
