import fc from 'fast-check'
import { of, Subject, throwError } from 'rxjs'
import { concatWith } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { attachPartial } from './attach-partial.js'
import type { MessagePart } from './message.js'
import { reduceParts } from './reduce-parts.js'

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

  it('has the parts that a message of the same events has, however long and mixed they are', () => {
    const delta = fc.record({
      type: fc.constantFrom('text-delta', 'reasoning-delta', 'refusal-delta'),
      index: fc.constantFrom(0, 0, 0, 1),
      text: fc.string({ minLength: 1, maxLength: 3 }),
      raw: fc.constant(raw),
    }) as fc.Arbitrary<ChatEvent>
    const runs = fc
      .tuple(delta, fc.constantFrom(1, 2, 255, 256, 257, 600))
      .map(([event, count]) => Array.from({ length: count }, () => event))
    const others = fc.constantFrom<ChatEvent[]>(
      [{ type: 'cost', text: 'not of the answer' } as unknown as ChatEvent],
      [{ type: 'tool-call-delta', index: 0, toolIndex: 0, arguments: '{', raw }],
      [{ type: 'answer-reset' }],
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(runs, others), { maxLength: 6 }), (groups) => {
        const events = groups.flat()
        const error = new ChatStreamError('network', 'broke')
        const parts = events.reduce<readonly MessagePart[]>((parts, event) => reduceParts(parts, event), [])
        expect((failing(error, ...events).error as ChatStreamError).partial?.parts ?? []).toEqual(parts)
      }),
    )
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
