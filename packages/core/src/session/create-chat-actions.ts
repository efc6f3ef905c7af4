import type { Message } from '../message/message.js'
import type { ChatSession, SendOptions } from './chat-session.js'
import type { ChatInput } from './to-user-message.js'
import type { ToolResult } from './tool-results.js'

/** What a binding gives to its users to call. None of it throws or rejects. */
export interface ChatActions extends Pick<ChatSession, 'stop' | 'setMessages' | 'clearError'> {
  readonly sendMessage: (input: string | ChatInput) => Promise<Message | undefined>
  readonly regenerate: (messageId?: string) => Promise<Message | undefined>
  readonly addToolResult: (result: ToolResult) => Promise<Message | undefined>
  /** Picks up the answer that was on its way when the page was left, if the server keeps it; else nothing happens. */
  readonly resume: () => Promise<Message | undefined>
}

/**
 * Functions that never change, over a session and options that do: for bindings. Each call looks for both anew; an answer
 * keeps the options that it was asked for with, but for the tools, of which the newest are called.
 *
 * @example
 * ```ts
 * import { type ChatSession, createChatActions } from '@chatstream/core'
 *
 * const actionsOf = (session: ChatSession, settings: { model: string }) =>
 *   createChatActions(
 *     () => session,
 *     () => ({ model: settings.model }),
 *   )
 * ```
 */
export function createChatActions(session: () => ChatSession, latest: () => SendOptions): ChatActions {
  const sending = (): SendOptions => ({
    ...latest(),
    get tools() {
      return latest().tools
    },
  })
  return {
    sendMessage: (input) => session().sendMessage(input, sending()),
    regenerate: (messageId) => session().regenerate(messageId, sending()),
    addToolResult: (result) => session().addToolResult(result, sending()),
    resume: () => session().resume(sending()),
    setMessages: (messages) => session().setMessages(messages),
    clearError: () => session().clearError(),
    stop: () => session().stop(),
  }
}
