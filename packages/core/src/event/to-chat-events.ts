import type { OperatorFunction } from 'rxjs'
import { type CompletionChunk, isRecord } from '../chunk/completion-chunk.js'
import type { Frame } from '../chunk/parse-chunks.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { operatorOf } from '../operator-of.js'
import type { ChatEvent } from './chat-event.js'
import { createToolCallReader } from './read-tool-calls.js'
import { usageOf } from './usage.js'

interface ChoiceState {
  readonly readToolCalls: ReturnType<typeof createToolCallReader>
  finished: boolean
}

/**
 * Completion chunks to our vocabulary of events.
 *
 * Completeness is proven here: the answer ends with `[DONE]`, or with a finish reason for every choice that began. A
 * body that ends with neither is a `truncated` error.
 */
export const toChatEvents = (): OperatorFunction<Frame, ChatEvent> =>
  operatorOf((subscriber) => {
    const choices = new Map<number, ChoiceState>()
    let ended = false
    let carriesText = false // does this chunk?

    const stateOf = (index: number): ChoiceState => {
      let state = choices.get(index)
      if (state === undefined) {
        state = { readToolCalls: createToolCallReader(index), finished: false }
        choices.set(index, state)
      }
      return state
    }

    const readChoice = (choice: unknown, position: number, raw: CompletionChunk): void => {
      if (!isRecord(choice)) return
      const index = typeof choice['index'] === 'number' ? choice['index'] : position
      const state = stateOf(index)
      const delta = choice['delta']
      if (isRecord(delta)) {
        // One or the other: a server that sends both sends the same text twice.
        const reasoning = delta['reasoning_content']
        readText('reasoning-delta', isText(reasoning) ? reasoning : delta['reasoning'], index, raw)
        readContent(delta['content'], index, raw)
        readText('refusal-delta', delta['refusal'], index, raw)
        if (delta['tool_calls'] != null)
          state.readToolCalls(delta['tool_calls'], raw, (call) => subscriber.next(call))
      }
      const finishReason = choice['finish_reason']
      // `error` comes with an error frame, which says more.
      if (isText(finishReason) && finishReason !== 'error' && !state.finished) {
        state.finished = true
        subscriber.next({ type: 'choice-end', index, finishReason, raw })
      }
    }

    const readText = (
      type: 'text-delta' | 'reasoning-delta' | 'refusal-delta',
      text: unknown,
      index: number,
      raw: CompletionChunk,
    ): void => {
      if (!isText(text)) return
      carriesText = true
      subscriber.next({ type, index, text, raw })
    }

    /** A string; or, at some providers, a list of `text` and `thinking` parts. */
    const readContent = (content: unknown, index: number, raw: CompletionChunk): void => {
      if (!Array.isArray(content)) readText('text-delta', content, index, raw)
      for (const part of Array.isArray(content) ? content : []) {
        if (!isRecord(part)) continue
        readText('text-delta', part['text'], index, raw)
        for (const thought of Array.isArray(part['thinking']) ? part['thinking'] : [part['thinking']]) {
          readText('reasoning-delta', isRecord(thought) ? thought['text'] : thought, index, raw)
        }
      }
    }

    const end = (): void => {
      if (!ended) subscriber.next({ type: 'answer-end' })
      ended = true
    }

    return {
      next(frame) {
        switch (frame.type) {
          case 'chunk': {
            const { chunk } = frame
            carriesText = false
            if (Array.isArray(chunk.choices)) {
              chunk.choices.forEach((choice, position) => {
                readChoice(choice, position, chunk)
              })
            }
            // All its fields are looked through for a usage, but not with every token.
            const usage = carriesText ? chunk.usage : usageOf(chunk)
            if (isRecord(usage)) subscriber.next({ type: 'usage', usage, raw: chunk })
            return
          }
          case 'done':
            return end()
          case 'cost':
            return subscriber.next({ ...frame.cost, type: 'cost' })
          case 'comment':
            return subscriber.next(frame)
        }
      },
      complete() {
        const states = [...choices.values()]
        if (!ended && (states.length === 0 || states.some((state) => !state.finished))) {
          const message =
            'The stream ended with neither a finish reason nor [DONE]: the answer may not be whole.'
          throw new ChatStreamError('truncated', message, { retryable: true })
        }
        end()
        subscriber.complete()
      },
    }
  })

/** Empty strings carry nothing; white space does. */
const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0
