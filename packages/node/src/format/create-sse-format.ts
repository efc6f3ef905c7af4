import type { ChatEvent, CompletionChunk } from '@chatstream/core'
import { cannotReset } from './cannot-reset.js'
import { type ChunkEvent, isChunkEvent } from './chunk-event.js'
import { toErrorFrame } from './error-frame.js'
import type { Format } from './format.js'
import { isWhole } from './is-whole.js'
import { toChunk } from './to-chunk.js'

export interface SseFormatOptions {
  /** What is told of an error. Default: `toErrorFrame`. */
  readonly toError?: ((error: unknown) => object) | undefined
}

/**
 * The wire again: each chunk as it was sent, comments, `[DONE]`, the cost. A chunk of which events are missing, or were
 * changed, is made anew of those that came, so that nothing slips through a `filter` or a `map`.
 *
 * An error is a frame: `data: {"error":{…}}`. It ends with that; there is no `[DONE]` after it.
 */
export function createSseFormat({ toError = toErrorFrame }: SseFormatOptions = {}): Format<ChatEvent> {
  /** Events that were made from one chunk come one after the other; what was held is written when another one comes. */
  let raw: CompletionChunk | undefined
  let events: ChunkEvent[] = []

  const flush = (): string => {
    if (raw === undefined) return ''
    const text = isWhole(raw, events) ? toData(raw) : events.map(toChunk).map(toData).join('')
    raw = undefined
    return text
  }

  return {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no', // nginx would gather the events
    },
    heartbeat: ': keep-alive\n\n',
    flush,
    write(event) {
      if (!isChunkEvent(event)) return flush() + toText(event)
      if (event.raw === raw) {
        events.push(event)
        return ''
      }
      const before = flush()
      raw = event.raw
      events = [event]
      return before
    },
    end: flush,
    fail: (error) => flush() + toData(toError(error)),
  }
}

const toData = (value: object): string => `data: ${JSON.stringify(value)}\n\n`

/** Each line by itself: a comment ends where its line does. */
const toComment = (text: string): string => `: ${text.replace(/\r\n?|\n/g, '\n: ')}\n\n`

function toText(event: Exclude<ChatEvent, ChunkEvent>): string {
  if (event.type === 'answer-end') return 'data: [DONE]\n\n'
  if (event.type === 'comment') return toComment(event.comment)
  if (event.type === 'cost') {
    const { type: _, ...cost } = event
    return toComment(JSON.stringify(cost))
  }
  if (event.type === 'answer-reset') throw cannotReset('An event stream')
  return ''
}
