import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '../event/chat-event.js'
import type { Usage } from '../event/usage.js'
import type { Message } from './message.js'
import { emptyMessage, reduceMessage } from './reduce-message.js'

const raw = {}
const text = (text: string, index = 0): ChatEvent => ({ type: 'text-delta', index, text, raw })
const reasoning = (text: string, index = 0): ChatEvent => ({ type: 'reasoning-delta', index, text, raw })
const refusal = (text: string, index = 0): ChatEvent => ({ type: 'refusal-delta', index, text, raw })
const tool = (toolIndex: number, fields: object, index = 0): ChatEvent => ({
  type: 'tool-call-delta',
  index,
  toolIndex,
  ...fields,
  raw,
})

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}
/** Reduces frozen messages, so that a change in place would throw. */
const reduce = (events: readonly ChatEvent[], choice?: number): Message =>
  events.reduce((message, event) => frozen(reduceMessage(message, event, choice)), frozen(emptyMessage('m')))

describe('reduceMessage', () => {
  it('starts with an empty message of the assistant, which is streaming', () => {
    expect(emptyMessage('m')).toEqual({ id: 'm', role: 'assistant', parts: [], state: 'streaming' })
  })

  it('keeps every field of a message that grows', () => {
    const more: Omit<Required<Message>, 'id' | 'role' | 'parts' | 'state'> = {
      finishReason: 'stop',
      usage: { prompt_tokens: 1 },
      cost: { cost: '0.1' },
      error: { kind: 'network', message: 'broke', retryable: true },
      report: { durationMs: 1, attempts: 1 },
      toolCallId: 'c1',
      streamId: 's1',
    }
    for (const [name, value] of Object.entries(more)) {
      const message = { ...emptyMessage('m'), [name]: value }
      expect(reduceMessage(message, text('a'))).toEqual({ ...message, parts: [{ type: 'text', text: 'a' }] })
    }
  })

  it('joins pieces of a kind, and opens a new part when the kind changes', () => {
    const events = [
      reasoning('h'),
      reasoning('m'),
      text('a'),
      text(' '),
      reasoning('so'),
      text('b'),
      refusal('no'),
    ]
    expect(reduce(events).parts).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'a ' },
      { type: 'reasoning', text: 'so' },
      { type: 'text', text: 'b' },
      { type: 'refusal', text: 'no' },
    ])
  })

  it('assembles tool calls, also when their pieces take turns', () => {
    const events = [
      tool(0, { id: 'a', name: 'f', arguments: '' }),
      tool(1, { name: 'g' }),
      tool(0, { arguments: '{"x"' }),
      tool(1, { id: 'b', arguments: '{}' }),
      tool(0, { arguments: ':1}' }),
    ]
    expect(reduce(events).parts).toEqual([
      { type: 'tool-call', toolIndex: 0, id: 'a', name: 'f', arguments: '{"x":1}' },
      { type: 'tool-call', toolIndex: 1, id: 'b', name: 'g', arguments: '{}' },
    ])
  })

  it('collects the fields that a provider added to a call', () => {
    const events = [tool(0, { extra: { a: 1 } }), tool(0, {}), tool(0, { extra: { b: 2 } })]
    expect(reduce(events).parts[0]).toHaveProperty('extra', { a: 1, b: 2 })
  })

  it('reads one choice only', () => {
    const events = [
      text('a'),
      text('b', 1),
      reasoning('r', 1),
      refusal('f', 1),
      tool(0, { id: 't' }, 1),
      { type: 'choice-end', index: 0, finishReason: 'stop', raw },
    ] as ChatEvent[]
    expect(reduce(events)).toMatchObject({ parts: [{ text: 'a' }], finishReason: 'stop' })
    expect(reduce(events, 1).parts.map((part) => part.type)).toEqual([
      'text',
      'reasoning',
      'refusal',
      'tool-call',
    ])
    expect(reduce(events, 1).finishReason).toBeUndefined()
  })

  it('is complete at the end of the answer', () => {
    expect(reduce([text('a'), { type: 'answer-end' }]).state).toBe('complete')
  })

  it('starts anew at a reset, under the same id', () => {
    const events: ChatEvent[] = [
      text('a'),
      { type: 'usage', usage: {}, raw },
      { type: 'answer-reset' },
      text('b'),
    ]
    expect(reduce(events)).toEqual({ ...emptyMessage('m'), parts: [{ type: 'text', text: 'b' }] })
  })

  it('keeps the last usage', () => {
    const usage = (total_tokens: number): ChatEvent => ({ type: 'usage', usage: { total_tokens }, raw })
    expect(reduce([usage(1), usage(2)]).usage).toEqual({ total_tokens: 2 })
  })

  it('returns the very same message for an event that does not concern it', () => {
    const message = reduce([text('a')])
    const others: ChatEvent[] = [
      { type: 'attempt-start', attempt: 1, endpoint: 'e' },
      { type: 'response-start', attempt: 1, endpoint: 'e', status: 200 },
      { type: 'comment', comment: 'x' },
      text('b', 1),
      reasoning('b', 1),
      refusal('b', 1),
      tool(0, {}, 1),
      { type: 'choice-end', index: 1, finishReason: 'stop', raw },
    ]
    for (const event of others) expect(reduceMessage(message, event)).toBe(message)
  })

  it('keeps the identity of parts that an event does not touch', () => {
    const before = reduce([reasoning('r'), tool(0, { id: 'a' }), text('a')])
    const after = reduceMessage(before, text('b'))
    expect(after.parts[0]).toBe(before.parts[0])
    expect(after.parts[1]).toBe(before.parts[1])
    expect(after.parts[2]).not.toBe(before.parts[2])
    expect(reduceMessage(before, tool(0, { name: 'f' })).parts[2]).toBe(before.parts[2])
  })

  it('loses no text, whatever the order of the pieces', () => {
    const piece = fc.record({ kind: fc.nat(2), text: fc.string({ minLength: 1 }) })
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const make = [text, reasoning, refusal]
        const { parts } = reduce(pieces.map(({ kind, text: piece }) => (make[kind] ?? text)(piece)))
        const joined = parts.map((part) => ('text' in part ? part.text : '')).join('')
        expect(joined).toBe(pieces.map((each) => each.text).join(''))
        parts.forEach((part, index) => {
          expect(part.type).not.toBe(parts[index + 1]?.type)
        })
      }),
    )
  })

  describe('with the cost', () => {
    const cost = (fields: object): ChatEvent => ({ type: 'cost', cost: '0.0012', ...fields })
    const usage = (fields: Usage): ChatEvent => ({ type: 'usage', usage: fields, raw })
    const counts = { prompt_tokens: 15, completion_tokens: 42 }

    it('keeps it as it came, without the type of the event', () => {
      expect(reduce([cost({ input_price: '0.0003', note: 'x' })]).cost).toEqual({
        cost: '0.0012',
        input_price: '0.0003',
        note: 'x',
      })
    })

    it('counts tokens by it where the provider counted none', () => {
      expect(reduce([cost(counts)]).usage).toEqual({ ...counts, total_tokens: 57 })
    })

    it('lets what the provider counted stand, and fills in the rest', () => {
      expect(reduce([usage({ prompt_tokens: 14, completion_tokens: 41 }), cost(counts)]).usage).toEqual({
        prompt_tokens: 14,
        completion_tokens: 41,
        total_tokens: 55,
      })
      const counted = { completion_tokens: 40, completion_tokens_details: { reasoning_tokens: 3 } }
      expect(reduce([usage(counted), cost(counts)]).usage).toEqual({
        prompt_tokens: 15,
        completion_tokens: 40,
        total_tokens: 55,
        completion_tokens_details: { reasoning_tokens: 3 },
      })
      expect(reduce([usage({ ...counts, total_tokens: 100 }), cost(counts)]).usage?.total_tokens).toBe(100)
    })

    it('leaves the usage alone if it counts nothing itself', () => {
      expect(reduce([cost({})])).not.toHaveProperty('usage')
      expect(reduce([usage({ prompt_tokens: 1 }), cost({})]).usage).toEqual({ prompt_tokens: 1 })
    })

    it('fills in what the provider sent as null', () => {
      expect(
        reduce([usage({ prompt_tokens: null as never, total_tokens: null as never }), cost(counts)]).usage,
      ).toEqual({
        ...counts,
        total_tokens: 57,
      })
    })

    it('never adds up what is no number', () => {
      expect(reduce([cost({ prompt_tokens: '15', completion_tokens: '42' })])).not.toHaveProperty('usage')
    })
  })
})
