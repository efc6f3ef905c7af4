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
  /** What its last piece was, and how often that has changed: so often a message starts a new part. */
  kind: ChatEvent['type'] | undefined
  parts: number
}

/** More parts than an answer has: each costs a copy of the list of all before it, so a server must not send them without end. */
const MAX_PARTS = 10_000

/**
 * Completion chunks to our vocabulary of events.
 *
 * Completeness is proven here: the answer ends with `[DONE]`, or with a finish reason for every choice that began. A
 * body that ends with neither is a `truncated` error; an answer that changes between text and reasoning ten thousand
 * times is `too-large`.
 */
export const toChatEvents = (): OperatorFunction<Frame, ChatEvent> =>
  operatorOf((subscriber) => {
    const choices = new Map<number, ChoiceState>()
    let ended = false
    let isToken = false // does this chunk carry text, and no end?

    const stateOf = (index: number): ChoiceState => {
      let state = choices.get(index)
      if (state === undefined) {
        state = { readToolCalls: createToolCallReader(index), finished: false, kind: undefined, parts: 0 }
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
        readText('reasoning-delta', isText(reasoning) ? reasoning : delta['reasoning'], index, state, raw)
        readContent(delta['content'], index, state, raw)
        readText('refusal-delta', delta['refusal'], index, state, raw)
        if (delta['tool_calls'] != null)
          state.readToolCalls(delta['tool_calls'], raw, (call) => {
            state.kind = call.type
            subscriber.next(call)
          })
      }
      const finishReason = choice['finish_reason']
      if (!isText(finishReason)) return
      isToken = false
      // `error` comes with an error frame, which says more.
      if (finishReason !== 'error' && !state.finished) {
        state.finished = true
        subscriber.next({ type: 'choice-end', index, finishReason, raw })
      }
    }

    const readText = (
      type: 'text-delta' | 'reasoning-delta' | 'refusal-delta',
      text: unknown,
      index: number,
      state: ChoiceState,
      raw: CompletionChunk,
    ): void => {
      if (!isText(text)) return
      isToken = true
      if (state.kind !== type) {
        if (++state.parts > MAX_PARTS) {
          throw new ChatStreamError('too-large', `One answer has more than ${MAX_PARTS} parts.`)
        }
        state.kind = type
      }
      subscriber.next({ type, index, text, raw })
    }

    /** A string; or, at some providers, a list of `text` and `thinking` parts. */
    const readContent = (content: unknown, index: number, state: ChoiceState, raw: CompletionChunk): void => {
      if (!Array.isArray(content)) readText('text-delta', content, index, state, raw)
      for (const part of Array.isArray(content) ? content : []) {
        if (!isRecord(part)) continue
        readText('text-delta', part['text'], index, state, raw)
        for (const thought of Array.isArray(part['thinking']) ? part['thinking'] : [part['thinking']]) {
          readText('reasoning-delta', isRecord(thought) ? thought['text'] : thought, index, state, raw)
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
            isToken = false
            if (Array.isArray(chunk.choices)) {
              chunk.choices.forEach((choice, position) => {
                readChoice(choice, position, chunk)
              })
            }
            // All its fields are looked through for a usage, but not with every token.
            const usage = isToken ? chunk.usage : usageOf(chunk)
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
