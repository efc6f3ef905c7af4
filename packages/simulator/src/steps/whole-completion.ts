import { completionCost } from '../model/cost.js'
import type { Completion } from './completion.js'
import type { Delta, FinishReason, Usage } from './completion-chunk.js'
import { completionDeltas } from './completion-deltas.js'
import type { Step } from './step.js'
import { textStep } from './write-step.js'

/** The body of an answer that is not streamed. */
export interface CompletionBody {
  readonly id: string
  readonly object: 'chat.completion'
  readonly created: number
  readonly model: string
  readonly choices: readonly {
    readonly index: number
    readonly message: Message
    readonly finish_reason: FinishReason
  }[]
  readonly usage: Usage | undefined
}

interface Message {
  role: 'assistant'
  content: string | null
  reasoning_content?: string
  tool_calls?: { id: string | undefined; type: 'function'; function: { name?: string; arguments: string } }[]
}

/** Makes the steps of an answer that is not streamed: its body comes whole, with the cost in `usage`. */
export function* wholeCompletion(completion: Completion): Generator<Step> {
  yield { do: 'headers', status: 200, headers: { 'content-type': 'application/json; charset=utf-8' } }
  const body = completionBody(completion)
  yield { ...textStep(JSON.stringify(body)), tokens: body.usage?.completion_tokens ?? 0 }
}

/** Makes the `chat.completion` object of a completion, put together from the same tokens that a stream would send. */
export function completionBody(completion: Completion): CompletionBody {
  const { id, created, model, scripts } = completion
  const messages = scripts.map((): Message => ({ role: 'assistant', content: null }))
  const reasons = scripts.map((): FinishReason => 'stop')
  let usage: Usage | undefined
  for (const progress of completionDeltas(completion)) {
    const { index } = progress
    usage = progress.usage
    if (progress.finishReason !== undefined) reasons[index] = progress.finishReason
    else addDelta(messages[index], progress.delta)
  }
  const cost = completionCost(model, completion.promptTokens, usage?.completion_tokens ?? 0)
  return {
    id,
    object: 'chat.completion',
    created,
    model: model.id,
    choices: messages.map((message, index) => ({ index, message, finish_reason: reasons[index] ?? 'stop' })),
    usage: usage && { ...usage, ...cost },
  }
}

function addDelta(
  message: Message | undefined,
  { content, reasoning_content: reasoning, tool_calls: calls }: Delta,
): void {
  if (message === undefined) return
  if (content != null) message.content = (message.content ?? '') + content
  if (reasoning !== undefined) message.reasoning_content = (message.reasoning_content ?? '') + reasoning
  for (const { index, id, function: piece } of calls ?? []) {
    message.tool_calls ??= []
    const call = message.tool_calls[index]
    if (call === undefined) message.tool_calls.push({ id, type: 'function', function: { ...piece } })
    else call.function.arguments += piece.arguments
  }
}
