import type { RequestMessage } from './completion-request.js'
import { messageText } from './message-text.js'

/** The last user message, taken apart: the directives in double brackets before it, and the rest. */
export interface Prompt {
  readonly text: string
  /** What stands in `[[fault …]]`, in order. */
  readonly faults: readonly string[]
  /** The number in `[[tokens …]]`. */
  readonly tokens: number | undefined
}

/**
 * Reads the prompt of a conversation.
 *
 * @example
 * ```ts
 * readPrompt([{ role: 'user', content: '[[fault stall after=5]] [[tokens 100]] Hello' }])
 * // { text: 'Hello', faults: ['stall after=5'], tokens: 100 }
 * ```
 */
export function readPrompt(messages: readonly RequestMessage[]): Prompt {
  const last = messages.findLast((message) => message.role === 'user')
  let text = last === undefined ? '' : messageText(last)
  const faults: string[] = []
  let tokens: number | undefined
  for (;;) {
    const match = directive.exec(text)
    if (match === null) return { text: text.trim(), faults, tokens }
    const [whole, fault, count] = match
    if (fault !== undefined) faults.push(fault)
    if (count !== undefined) tokens = Number(count)
    text = text.slice(whole.length)
  }
}

const directive = /^\s*\[\[\s*(?:fault\s+([^\]]*?)|tokens\s+(\d{1,7}))\s*\]\]/
