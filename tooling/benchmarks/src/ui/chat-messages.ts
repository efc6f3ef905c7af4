import type { Message } from '@chatstream/core'

/** Earlier texts as the messages of a conversation: questions and answers take turns. */
export const toMessages = (history: readonly string[]): readonly Message[] =>
  history.map((text, position) => ({
    id: `${position}`,
    role: position % 2 === 0 ? 'user' : 'assistant',
    parts: [{ type: 'text', text }],
    state: 'complete',
  }))

export const textOf = (message: Message | undefined): string =>
  message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? ''
