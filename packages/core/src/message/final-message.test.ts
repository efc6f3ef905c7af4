import { EMPTY, of, throwError } from 'rxjs'
import { concatWith } from 'rxjs/operators'
import { describe, expect, it } from 'vitest'
import { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { finalMessage } from './final-message.js'

const text: ChatEvent = { type: 'text-delta', index: 0, text: 'a', raw: {} }

describe('finalMessage', () => {
  it('resolves with the whole message, cost included', async () => {
    const events$ = of<ChatEvent[]>(text, { type: 'answer-end' }, { type: 'cost', cost: '0.1' })
    expect(await finalMessage(events$, { id: 'm' })).toEqual({
      id: 'm',
      role: 'assistant',
      parts: [{ type: 'text', text: 'a' }],
      state: 'complete',
      cost: { cost: '0.1' },
    })
  })

  it("rejects with the stream's own error", async () => {
    const error = new ChatStreamError('truncated', 'cut')
    await expect(finalMessage(of(text).pipe(concatWith(throwError(() => error))))).rejects.toBe(error)
  })

  it('resolves with an aborted message if the stream was cancelled', async () => {
    expect(await finalMessage(of(text))).toMatchObject({ state: 'aborted', parts: [{ text: 'a' }] })
    expect(await finalMessage(EMPTY)).toMatchObject({ state: 'aborted', parts: [] })
  })
})
