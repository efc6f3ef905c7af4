import type { ChunkChoice, CompletionChunk, Delta, Usage } from '../steps/completion-chunk.js'
import type { Step, WriteStep } from '../steps/step.js'
import { chunkStep, eventStep } from '../steps/write-step.js'
import { defineFault } from './define-fault.js'
import type { Fault } from './fault.js'
import { parameter } from './parameter.js'

/** Faults in the shape of the chunks: what other OpenAI-compatible servers have been seen to send. */
export const dialectFaults: Readonly<Record<string, Fault>> = {
  'reasoning-field': defineFault(
    'Sends reasoning as `reasoning`, or in both fields.',
    { as: parameter.oneOf(['reasoning', 'both'], 'reasoning') },
    (steps, { as }) =>
      mapDeltas(steps, ({ reasoning_content: reasoning, ...delta }) => {
        if (reasoning === undefined) return delta
        return { ...delta, reasoning, ...(as === 'both' && { reasoning_content: reasoning }) }
      }),
  ),
  'content-parts': defineFault(
    'Sends content and reasoning as arrays of `text` and `thinking` parts.',
    {},
    (steps) =>
      mapDeltas(steps, ({ content, reasoning_content: reasoning, ...delta }) => {
        const text = typeof content === 'string' ? [{ type: 'text', text: content }] : []
        const thinking =
          reasoning === undefined ? [] : [{ type: 'thinking', thinking: [{ type: 'text', text: reasoning }] }]
        const parts = [...thinking, ...text]
        return parts.length === 0 ? delta : { ...delta, content: parts }
      }),
  ),
  'no-role': defineFault('Never sends the role.', {}, (steps) =>
    mapDeltas(steps, ({ role: _, ...delta }) => delta),
  ),
  'empty-deltas': defineFault('Sends an empty delta and an empty content before every chunk.', {}, (steps) =>
    withBefore(steps, (chunk) => [withDelta(chunk, {}), withDelta(chunk, { content: '' })]),
  ),
  'null-choices': defineFault('Sends a chunk with `choices: null` before every chunk.', {}, (steps) =>
    withBefore(steps, (chunk) => [{ ...chunk, choices: null }]),
  ),
  'empty-choices': defineFault('Sends a chunk with `choices: []` before every chunk.', {}, (steps) =>
    withBefore(steps, (chunk) => [{ ...chunk, choices: [] }]),
  ),
  'null-delta': defineFault(
    'Sends a chunk with `delta: null` and one without a delta before every chunk.',
    {},
    (steps) => withBefore(steps, (chunk) => [withDelta(chunk, null), withDelta(chunk, undefined)]),
  ),
  'tool-call-without-index': defineFault('Leaves out the index of tool calls.', {}, (steps) =>
    mapDeltas(steps, ({ tool_calls: calls, ...delta }) => {
      if (calls === undefined) return delta
      return { ...delta, tool_calls: calls.map(({ index: _, ...call }) => call) }
    }),
  ),
  'usage-everywhere': defineFault('Sends the usage so far on every chunk.', {}, (steps, _, { completion }) =>
    withUsage(steps, completion.promptTokens, (chunk, usage) => ({ ...chunk, usage })),
  ),
  'vendor-usage': defineFault(
    'Sends the usage under `x_groq`, on the chunk with the finish reason.',
    {},
    (steps, _, { completion }) =>
      withUsage(steps, completion.promptTokens, ({ usage: __, ...chunk }, usage) => {
        const last = chunk.choices.some((choice) => choice.finish_reason !== null)
        return last ? { ...chunk, x_groq: { id: chunk.id, usage } } : chunk
      }),
  ),
}

function mapDeltas(steps: Iterable<Step>, change: (delta: Delta) => unknown): Generator<Step> {
  return mapChunks(steps, (chunk) => ({
    ...chunk,
    choices: chunk.choices.map((choice) => ({ ...choice, delta: change(choice.delta) })),
  }))
}

function withUsage(
  steps: Iterable<Step>,
  promptTokens: number,
  change: (chunk: CompletionChunk, usage: Usage) => unknown,
): Generator<Step> {
  let tokens = 0
  return mapChunks(steps, (chunk, step) => {
    tokens += step.tokens
    const usage = {
      prompt_tokens: promptTokens,
      completion_tokens: tokens,
      total_tokens: promptTokens + tokens,
    }
    return change(chunk, chunk.usage ?? { ...usage, completion_tokens_details: { reasoning_tokens: 0 } })
  })
}

function* mapChunks(
  steps: Iterable<Step>,
  change: (chunk: CompletionChunk, step: WriteStep) => unknown,
): Generator<Step> {
  for (const step of steps) {
    if (step.do !== 'write' || step.chunk === undefined) yield step
    // What comes out is no chunk of the contract any more: that is the point of these faults.
    else yield chunkStep(change(step.chunk, step) as CompletionChunk, step.tokens)
  }
}

function* withBefore(
  steps: Iterable<Step>,
  before: (chunk: CompletionChunk) => readonly unknown[],
): Generator<Step> {
  for (const step of steps) {
    if (step.do === 'write' && step.chunk !== undefined) yield* before(step.chunk).map(eventStep)
    yield step
  }
}

function withDelta(chunk: CompletionChunk, delta: Delta | null | undefined): unknown {
  const choices = chunk.choices.map(
    (choice): Partial<Record<keyof ChunkChoice, unknown>> => ({ ...choice, delta, finish_reason: null }),
  )
  return { ...chunk, choices }
}
