import type { OperatorFunction } from 'rxjs'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import { isRecord } from '../errors/is-record.js'
import { providerError, reportsError } from '../errors/provider-error.js'
import { operatorOf } from '../operator-of.js'
import { isComment, type ServerSentEvent, type SseEvent } from '../sse/server-sent-event.js'
import type { CompletionChunk } from './completion-chunk.js'
import { type Cost, parseCost } from './cost.js'

/** What an event of the stream says. */
export type Frame =
  | { readonly type: 'chunk'; readonly chunk: CompletionChunk }
  | { readonly type: 'done' }
  | { readonly type: 'cost'; readonly cost: Cost }
  | { readonly type: 'comment'; readonly comment: string }

/**
 * Server-sent events to completion chunks, `[DONE]`, the cost and comments.
 *
 * Errors with what an error frame reports, after the chunk it came with; with `malformed` if the data is not one JSON
 * object. After `[DONE]` the answer is final: only comments are read.
 */
export const parseChunks = (): OperatorFunction<ServerSentEvent, Frame> =>
  operatorOf((subscriber) => {
    let done = false

    const readComment = (comment: string): void => {
      const cost = parseCost(comment)
      subscriber.next(cost === undefined ? { type: 'comment', comment } : { type: 'cost', cost })
    }

    const readEvent = (event: SseEvent): void => {
      if (event.event === 'error') throw errorEvent(event.data)
      // All but a few events are this one.
      if (event.data[0] === '{') {
        readChunk(event)
        return
      }
      const data = event.data.trim()
      if (data === '[DONE]') {
        done = true
        subscriber.next({ type: 'done' })
      } else if (data.startsWith(':') || data === '') {
        // Some gateways wrap their provider's comments as data, and some send empty data to keep the line alive.
        readComment(data.replace(/^: ?/, ''))
      } else {
        readChunk(event)
      }
    }

    const readChunk = (event: SseEvent): void => {
      const chunk = parseObject(event)
      if (chunk === undefined) return
      subscriber.next({ type: 'chunk', chunk })
      const error = errorInChunk(chunk)
      if (error !== undefined) throw error
    }

    return {
      next(event) {
        if (isComment(event)) readComment(event.comment)
        else if (!done) readEvent(event)
      },
    }
  })

function parseObject(event: SseEvent): CompletionChunk | undefined {
  let cause: unknown
  try {
    const value: unknown = JSON.parse(event.data)
    if (isRecord(value)) return value
  } catch (error) {
    cause = error
  }
  // The body ended inside this event: that is a cut stream, which is told by what is missing at its end.
  if (event.unfinished) return undefined
  throw new ChatStreamError('malformed', 'An event of the stream is not one JSON object.', {
    raw: event.data,
    cause,
  })
}

/** The data of an event of type `error`: an error object, or its message alone. */
function errorEvent(data: string): ChatStreamError {
  try {
    return providerError(JSON.parse(data))
  } catch {
    return providerError(data)
  }
}

/** The error that a chunk reports: at top level, in a choice, as the chunk itself, or only as a finish reason. */
function errorInChunk(chunk: CompletionChunk): ChatStreamError | undefined {
  if (reportsError(chunk)) return providerError(chunk)
  if (!Array.isArray(chunk.choices)) return undefined
  for (const choice of chunk.choices) {
    if (!isRecord(choice)) continue
    if (reportsError(choice)) return providerError(choice, { raw: chunk })
    if (choice['finish_reason'] === 'error') {
      const message = 'The provider ended the answer with an error.'
      return new ChatStreamError('upstream', message, { raw: chunk, retryable: true })
    }
  }
  return undefined
}
