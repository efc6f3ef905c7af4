import type { RequestMessage } from '../request/completion-request.js'
import { detectLanguage, type Language } from '../request/language.js'
import { messageText } from '../request/message-text.js'
import { readPrompt } from '../request/prompt.js'

/** What an answer can refer to. */
export interface Conversation {
  readonly prompt: string
  readonly language: Language
  /** 1 for the first user message. */
  readonly turn: number
  /** The user message before the last, if there is one. */
  readonly earlierPrompt: string | undefined
  /** The text of the last message, if it is the result of a tool. */
  readonly toolResult: string | undefined
}

/** Reads what an answer can refer to from the messages of a request. */
export function readConversation(messages: readonly RequestMessage[]): Conversation {
  const prompts = messages
    .filter((message) => message.role === 'user')
    .map((message) => readPrompt([message]).text)
  const last = messages.at(-1)
  const prompt = prompts.at(-1) ?? ''
  return {
    prompt,
    language: detectLanguage(prompt),
    turn: prompts.length,
    earlierPrompt: prompts.at(-2),
    toolResult: last?.role === 'tool' ? messageText(last) : undefined,
  }
}
