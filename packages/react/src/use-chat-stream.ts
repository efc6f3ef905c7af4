import type { CachedChatStream, ChatStream, ChatStreamOptions, SessionOptions } from './chat-stream.js'
import { useCachedChat } from './use-cached-chat.js'
import { useChatCallbacks } from './use-chat-callbacks.js'
import { useSessionState } from './use-session-state.js'

/**
 * A conversation, its answers as they stream.
 *
 * @example
 * ```tsx
 * import { createChatClient } from '@chatstream/core'
 * import { useChatStream } from '@chatstream/react'
 *
 * const client = createChatClient({ baseURL: '/api' })
 *
 * export function Chat() {
 *   const { messages, status, sendMessage, stop } = useChatStream({ id: '1', client, model: 'deepseek-chat' })
 *   return (
 *     <>
 *       {messages.map(({ id, parts }) => (
 *         <p key={id}>{parts.map((part) => part.type === 'text' && part.text)}</p>
 *       ))}
 *       <button onClick={() => sendMessage('Hello')}>Greet</button>
 *       {status === 'streaming' && <button onClick={stop}>Stop</button>}
 *     </>
 *   )
 * }
 * ```
 */
export function useChatStream(options: SessionOptions): ChatStream
export function useChatStream(options: ChatStreamOptions): CachedChatStream
export function useChatStream(options: SessionOptions | ChatStreamOptions): ChatStream {
  // Which of the two it is does not change while a component lives.
  const useChat: (options: never) => ChatStream = 'session' in options ? useSessionChat : useCachedChat
  return useChat(options as never)
}

function useSessionChat({ session, ...callbacks }: SessionOptions): ChatStream {
  const state = useSessionState(session, (state) => state)
  useChatCallbacks(session, callbacks)
  return { ...session, ...state }
}
