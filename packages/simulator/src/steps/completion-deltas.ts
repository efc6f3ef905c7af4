import { type CountedDelta, choiceDeltas } from './choice-deltas.js'
import type { Completion } from './completion.js'
import type { FinishReason, Usage } from './completion-chunk.js'

/** One thing that happens to one choice: it goes on, or it ends. */
export type ChoiceProgress = { readonly index: number; readonly usage: Usage } & (
  | (CountedDelta & { readonly finishReason?: never })
  | { readonly finishReason: FinishReason }
)

/** Says all choices of a completion at the same time, one token of each in turn, and counts. */
export function* completionDeltas(completion: Completion): Generator<ChoiceProgress> {
  const { request, scripts, promptTokens } = completion
  const maxTokens = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY
  const open = new Map(scripts.map((script, index) => [index, choiceDeltas(script, maxTokens)]))
  let tokens = 0
  let reasoningTokens = 0
  while (open.size > 0) {
    for (const [index, deltas] of open) {
      const { done, value } = deltas.next()
      if (!done) {
        tokens += value.tokens
        if (value.reasons) reasoningTokens += value.tokens
      }
      const usage = countUsage(promptTokens, tokens, reasoningTokens)
      if (done) {
        open.delete(index)
        yield { index, usage, finishReason: value }
      } else {
        yield { index, usage, ...value }
      }
    }
  }
}

function countUsage(prompt: number, completion: number, reasoning: number): Usage {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    completion_tokens_details: { reasoning_tokens: reasoning },
  }
}
