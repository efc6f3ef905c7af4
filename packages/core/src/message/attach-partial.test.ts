import { of, Subject, throwError } from 'rxjs'
import { concatWith } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { attachPartial } from './attach-partial.js'

const raw = {}
const text: ChatEvent = { type: 'text-delta', index: 0, text: 'a', raw }
const reasoning: ChatEvent = { type: 'reasoning-delta', index: 0, text: 'r', raw }
const failing = (error: unknown, ...events: ChatEvent[]) =>
  collect(of(...events).pipe(concatWith(throwError(() => error)), attachPartial()))

describe('attachPartial', () => {
  it('gives the error what had arrived, and keeps all else of it', () => {
    const error = new ChatStreamError('network', 'broke', { retryable: true, requestId: 'r1' })
    const seen = failing(error, reasoning, text)
    expect(seen.values).toEqual([reasoning, text])
    expect(seen.error).toMatchObject({
      name: 'ChatStreamError',
      kind: 'network',
      message: 'broke',
      retryable: true,
      requestId: 'r1',
      partial: {
        role: 'assistant',
        state: 'failed',
        parts: [
          { type: 'reasoning', text: 'r' },
          { type: 'text', text: 'a' },
        ],
      },
    })
  })

  it('leaves the error as it is if nothing had arrived', () => {
    const error = new ChatStreamError('network', 'broke')
    expect(failing(error, { type: 'comment', comment: 'x' }).error).toBe(error)
  })

  it('leaves an error that is not of this library as it is', () => {
    const error = new Error('other')
    expect(failing(error, text).error).toBe(error)
  })

  it('passes events and the end on', () => {
    expect(collect(of(text).pipe(attachPartial()))).toEqual({
      values: [text],
      error: undefined,
      end: 'complete',
    })
  })

  it('keeps nothing from one subscription to the next', () => {
    const events$ = new Subject<ChatEvent>()
    const attached$ = events$.pipe(attachPartial())
    collect(attached$)
    events$.next(text)
    const late = collect(attached$)
    events$.error(new ChatStreamError('network', 'broke'))
    expect((late.error as ChatStreamError).partial).toBeUndefined()
  })
})
