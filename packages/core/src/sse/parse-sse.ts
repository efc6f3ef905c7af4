import type { OperatorFunction } from 'rxjs'
import { tooLarge } from '../errors/too-large.js'
import { operatorOf } from '../operator-of.js'
import type { ServerSentEvent } from './server-sent-event.js'
import { createLineSplitter } from './split-lines.js'

export interface SseOptions {
  /** The largest event, and the longest line, in bytes. Default: 1 MiB. */
  readonly maxEventBytes?: number
  /**
   * Take the field `error: …`, which some servers send in place of `data: …`, for an event of type `error`. The
   * specification ignores it, and so does this by default.
   */
  readonly errorField?: boolean
}

/**
 * Bytes to server-sent events, comments included, wherever the bytes are cut.
 *
 * Follows the WHATWG specification, with one departure: an event in which the body ends is not dropped but handed on,
 * marked `unfinished`. Errors with `too-large`, after all the events before the one that is too large.
 *
 * @example
 * ```ts
 * import { parseSse } from '@chatstream/core/sse'
 * import { of } from 'rxjs'
 *
 * const bytes = new TextEncoder().encode('data: hello\n\n: a comment\n')
 * of(bytes).pipe(parseSse()).subscribe(console.log)
 * // { event: 'message', data: 'hello', id: '' }
 * // { comment: 'a comment' }
 * ```
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export const parseSse = (options: SseOptions = {}): OperatorFunction<Uint8Array, ServerSentEvent> =>
  operatorOf((subscriber) => {
    const { maxEventBytes = 2 ** 20, errorField = false } = options
    let event = ''
    let data: string | undefined
    let dataBytes = 0 // counted from the second line on: the first cannot be longer than a line may be
    let id = ''

    const appendData = (value: string): void => {
      if (data === undefined) {
        data = value
        return
      }
      dataBytes ||= byteLength(data)
      dataBytes += 1 + byteLength(value)
      if (dataBytes > maxEventBytes) {
        throw tooLarge('An event', maxEventBytes, 'bytes (maxEventBytes)')
      }
      data += `\n${value}`
    }

    const dispatch = (unfinished: boolean): void => {
      if (data !== undefined) {
        const fields = { event: event === '' ? 'message' : event, data, id }
        data = undefined
        dataBytes = 0
        subscriber.next(unfinished ? { ...fields, unfinished } : fields)
      }
      event = ''
    }

    const readField = (line: string): void => {
      const colon = line.indexOf(':')
      const field = colon === -1 ? line : line.slice(0, colon)
      const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
      if (field === '') subscriber.next({ comment: value })
      else if (field === 'data') appendData(value)
      else if (field === 'event') event = value
      else if (field === 'id' && !value.includes('\0')) id = value
      else if (field === 'error' && errorField) {
        event = 'error'
        appendData(value)
      }
    }

    const readLines = (text: string): void => {
      for (let start = 0; start < text.length; start++) {
        if (text[start] === '\n') {
          dispatch(false)
          continue
        }
        const end = text.indexOf('\n', start)
        // All but a few lines are this one.
        if (text.startsWith('data: ', start)) appendData(text.slice(start + 6, end))
        else readField(text.slice(start, end))
        start = end
      }
    }

    const lines = createLineSplitter(maxEventBytes, readLines)
    /** The body has ended, well or badly: what it had begun is handed on. */
    const flush = (): void => {
      lines.flush()
      dispatch(true)
    }
    return {
      next: lines.push,
      error(error) {
        flush()
        subscriber.error(error)
      },
      complete() {
        flush()
        subscriber.complete()
      },
    }
  })

const byteLength = (text: string): number => new TextEncoder().encode(text).length
