import { completionCost } from '../model/cost.js'
import type { Completion } from './completion.js'
import type { ChunkChoice, CompletionChunk, Delta, FinishReason } from './completion-chunk.js'
import { completionDeltas } from './completion-deltas.js'
import type { Step } from './step.js'
import { chunkStep, commentStep, textStep } from './write-step.js'

/** Makes the steps of a streamed answer: headers, chunks, usage if asked for, `[DONE]`, and the cost in a comment. */
export function* streamCompletion(completion: Completion): Generator<Step> {
  const { id, created, model, request, scripts, promptTokens } = completion
  const chunk = (choices: readonly ChunkChoice[]): CompletionChunk => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model: model.id,
    choices,
  })
  const choice = (index: number, delta: Delta, reason: FinishReason | null = null): ChunkChoice => ({
    index,
    delta,
    finish_reason: reason,
  })

  yield {
    do: 'headers',
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  }
  for (const index of scripts.keys()) {
    yield chunkStep(chunk([choice(index, { role: 'assistant', content: '' })]))
  }
  let usage: CompletionChunk['usage']
  for (const progress of completionDeltas(completion)) {
    usage = progress.usage
    if (progress.finishReason === undefined) {
      yield chunkStep(chunk([choice(progress.index, progress.delta)]), progress.tokens)
    } else {
      yield chunkStep(chunk([choice(progress.index, {}, progress.finishReason)]))
    }
  }
  if (request.stream_options?.include_usage === true && usage !== undefined) {
    yield chunkStep({ ...chunk([]), usage })
  }
  yield { ...textStep('data: [DONE]\n\n', 'done'), events: 1 }
  const cost = completionCost(model, promptTokens, usage?.completion_tokens ?? 0)
  yield { ...commentStep(JSON.stringify(cost)), part: 'cost' }
}
