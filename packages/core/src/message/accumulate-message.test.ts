import { from, NEVER, of, throwError } from 'rxjs'
import { concatWith } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { collect } from '../../test/collect.js'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { accumulateMessage } from './accumulate-message.js'

const raw = {}
const text = (text: string, index = 0): ChatEvent => ({ type: 'text-delta', index, text, raw })
const end: ChatEvent = { type: 'answer-end' }
const parts = [{ type: 'text', text: 'a' }]

describe('accumulateMessage', () => {
  it('emits a snapshot for each event that changes the message', () => {
    const events: ChatEvent[] = [
      { type: 'attempt-start', attempt: 1, endpoint: 'e' },
      text('a'),
      { type: 'comment', comment: 'x' },
      end,
      { type: 'cost', cost: '1' },
    ]
    expect(collect(from(events).pipe(accumulateMessage({ id: 'm' })))).toEqual({
      values: [
        { id: 'm', role: 'assistant', parts, state: 'streaming' },
        { id: 'm', role: 'assistant', parts, state: 'complete' },
        { id: 'm', role: 'assistant', parts, state: 'complete', cost: { cost: '1' } },
      ],
      error: undefined,
      end: 'complete',
    })
  })

  it('emits as the events come, not at their end', () => {
    expect(collect(of(text('a')).pipe(concatWith(NEVER), accumulateMessage())).values).toHaveLength(1)
  })

  it('reads the choice it is asked for', () => {
    const events$ = from([text('a'), text('b', 1), end])
    expect(collect(events$.pipe(accumulateMessage({ choice: 1 }))).values.at(-1)?.parts).toEqual([
      { type: 'text', text: 'b' },
    ])
  })

  it('says `failed` and why, and then errors', () => {
    const error = new ChatStreamError('upstream', 'down', { status: 502, raw: { a: 1 }, retryable: true })
    const seen = collect(of(text('a')).pipe(concatWith(throwError(() => error)), accumulateMessage()))
    expect(seen.values.at(-1)).toMatchObject({
      parts,
      state: 'failed',
      error: { kind: 'upstream', message: 'down', status: 502, retryable: true },
    })
    expect(seen.error).toBe(error)
  })

  it('says `failed` also for an error that is not of this library', () => {
    const error = new Error('other')
    const seen = collect(throwError(() => error).pipe(accumulateMessage({ id: 'm' })))
    expect(seen.values).toEqual([{ id: 'm', role: 'assistant', parts: [], state: 'failed' }])
    expect(seen.error).toBe(error)
  })

  it('says `aborted` if the stream ended before the answer did', () => {
    const seen = collect(of(text('a')).pipe(accumulateMessage()))
    expect(seen.values.at(-1)).toMatchObject({ parts, state: 'aborted' })
    expect(seen.end).toBe('complete')
    expect(collect(of<ChatEvent>().pipe(accumulateMessage())).values).toMatchObject([{ state: 'aborted' }])
  })

  it('gives every message an id of its own', () => {
    const id = () => collect(of(text('a')).pipe(accumulateMessage())).values[0]?.id
    expect(id()).toMatch(/.{16}/)
    expect(id()).not.toBe(id())
  })

  it('starts with an empty message at each subscription', () => {
    const messages$ = from([text('a'), end]).pipe(accumulateMessage({ id: 'm' }))
    expect(collect(messages$)).toEqual(collect(messages$))
  })
})
