export type { ChatCallbacks, ChatFinish } from '@chatstream/core'
export { type ChatMessagesKey, chatKeys } from './chat-keys.js'
export { chatOptions } from './chat-options.js'
export type { ChatHistoryOptions, ChatQueryOptions } from './chat-query.js'
export type { CachedChatStream, ChatStream, ChatStreamOptions, SessionOptions } from './chat-stream.js'
export { ChatText, type ChatTextProps } from './chat-text.js'
export {
  type CompletionOptions,
  type CompletionQueryOptions,
  completionQueryOptions,
} from './completion-query-options.js'
export { type SendDefaults, setSendDefaults } from './set-send-defaults.js'
export { useChatMessage } from './use-chat-message.js'
export { useChatSelector } from './use-chat-selector.js'
export { useChatStream } from './use-chat-stream.js'
export { useSuspenseChatStream } from './use-suspense-chat-stream.js'
