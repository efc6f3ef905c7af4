import type { Script } from '../answers/script.js'
import { tokenPieces } from '../model/token-pieces.js'
import type { Delta, FinishReason } from './completion-chunk.js'

/** One delta and the tokens in it. */
export interface CountedDelta {
  readonly delta: Delta
  readonly tokens: number
  readonly reasons: boolean
}

/**
 * Says a script token by token: reasoning, content, then the tool call. Returns the reason for which it ended, `length`
 * if `maxTokens` cut it.
 */
export function* choiceDeltas(script: Script, maxTokens: number): Generator<CountedDelta, FinishReason> {
  let left = maxTokens
  for (const counted of allDeltas(script)) {
    left -= counted.tokens
    if (left < 0) return 'length'
    yield counted
  }
  return script.toolCall === undefined ? 'stop' : 'tool_calls'
}

function* allDeltas({ reasoning, content, toolCall }: Script): Generator<CountedDelta> {
  for (const { text, tokens } of reasoning)
    yield { delta: { reasoning_content: text }, tokens, reasons: true }
  for (const { text, tokens } of content) yield { delta: { content: text }, tokens, reasons: false }
  if (toolCall === undefined) return
  const { id, name } = toolCall
  yield {
    delta: { tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: '' } }] },
    tokens: 1,
    reasons: false,
  }
  for (const { text, tokens } of tokenPieces(toolCall.arguments)) {
    yield { delta: { tool_calls: [{ index: 0, function: { arguments: text } }] }, tokens, reasons: false }
  }
}
