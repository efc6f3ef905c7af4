import { countTokens } from '../model/token-pieces.js'
import type { CompletionRequest } from './completion-request.js'
import { messageText } from './message-text.js'
import { readPrompt } from './prompt.js'

/** Counts the tokens of a request: those of its messages, without directives, and tools, and four around each message. */
export function countPromptTokens({ messages, tools }: CompletionRequest): number {
  const texts = messages.map((message) =>
    message.role === 'user' ? readPrompt([message]).text : messageText(message),
  )
  if (tools != null && tools.length > 0) texts.push(JSON.stringify(tools))
  return texts.reduce((sum, text) => sum + countTokens(text) + 4, 0)
}
