import type { OperatorFunction } from 'rxjs'
import type { CompletionChunk } from '../chunk/completion-chunk.js'
import type { Frame } from '../chunk/parse-chunks.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { isRecord } from '../errors/is-record.js'
import { operatorOf } from '../operator-of.js'
import type { ChatEvent } from './chat-event.js'
import { type ChoiceReader, createChoiceReader } from './read-choice.js'
import { usageOf } from './usage.js'

/**
 * Completion chunks to our vocabulary of events.
 *
 * Completeness is proven here: the answer ends with `[DONE]`, or with a finish reason for every choice that began. A
 * body that ends with neither is a `truncated` error.
 */
export const toChatEvents = (): OperatorFunction<Frame, ChatEvent> =>
  operatorOf((subscriber) => {
    const readers = new Map<number, ChoiceReader>()
    let ended = false

    const readerOf = (index: number): ChoiceReader => {
      let reader = readers.get(index)
      if (reader === undefined) {
        reader = createChoiceReader(index, (event) => subscriber.next(event))
        readers.set(index, reader)
      }
      return reader
    }

    const readChunk = (chunk: CompletionChunk): void => {
      const choices: readonly unknown[] = Array.isArray(chunk.choices) ? chunk.choices : []
      let isToken = choices.length > 0
      for (let position = 0; position < choices.length; position++) {
        const choice = choices[position]
        if (!isRecord(choice)) continue
        const index = typeof choice['index'] === 'number' ? choice['index'] : position
        isToken = readerOf(index).read(choice, chunk) && isToken
      }
      // All fields are looked through for a usage, but not with every token.
      const usage = isToken ? chunk.usage : usageOf(chunk)
      if (isRecord(usage)) subscriber.next({ type: 'usage', usage, raw: chunk })
    }

    const end = (): void => {
      if (!ended) subscriber.next({ type: 'answer-end' })
      ended = true
    }

    return {
      next(frame) {
        if (frame.type === 'chunk') readChunk(frame.chunk)
        else if (frame.type === 'done') end()
        else subscriber.next(frame.type === 'cost' ? { ...frame.cost, type: 'cost' } : frame)
      },
      complete() {
        const isFinished = readers.size > 0 && [...readers.values()].every((reader) => reader.isFinished())
        if (!ended && !isFinished) {
          const message = 'The stream ended with neither a finish reason nor [DONE].'
          throw new ChatStreamError('truncated', message, { retryable: true })
        }
        end()
        subscriber.complete()
      },
    }
  })
