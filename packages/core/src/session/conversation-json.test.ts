import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isChatStreamError } from '../errors/chat-stream-error.js'
import type { Message } from '../message/message.js'
import { fromJSON } from './conversation-json.js'

const text = fc.string({ unit: 'grapheme' })
const part = fc.oneof(
  fc.record({ type: fc.constantFrom('text', 'reasoning', 'refusal'), text }),
  fc.record({ type: fc.constant('image'), url: fc.webUrl() }),
  fc.record({
    type: fc.constant('tool-call'),
    toolIndex: fc.nat(9),
    id: text,
    name: text,
    arguments: fc.json(),
  }),
)
const message = fc.record(
  {
    id: fc.uuid(),
    role: fc.constantFrom('system', 'user', 'assistant', 'tool'),
    parts: fc.array(part, { maxLength: 4 }),
    state: fc.constantFrom('streaming', 'complete', 'aborted', 'failed'),
    finishReason: text,
    usage: fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat() }),
    cost: fc.record({ cost: fc.constantFrom('0.0012', '0') }),
    toolCallId: text,
  },
  { requiredKeys: ['id', 'role', 'parts', 'state'] },
)
const conversation = fc.record({
  version: fc.constant(1),
  id: text,
  messages: fc.array(message, { maxLength: 5 }),
})

describe('fromJSON', () => {
  it('reads back what was written, but for an answer that still streamed', () => {
    fc.assert(
      fc.property(conversation, (written) => {
        const { id, initialMessages } = fromJSON(JSON.parse(JSON.stringify(written)))
        expect(id).toBe(written.id)
        const settled = written.messages.map((each) =>
          each.state === 'streaming' ? { ...each, state: 'aborted' } : each,
        )
        expect(initialMessages).toEqual(JSON.parse(JSON.stringify(settled)))
      }),
    )
  })

  const whole: Message = {
    id: '1',
    role: 'user',
    parts: [{ type: 'text', text: 'Hello' }],
    state: 'complete',
  }
  const withMessage = (more: object): unknown => ({
    version: 1,
    id: 'chat',
    messages: [whole, { ...whole, ...more }],
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', '{}'],
    ['a list', []],
    ['another version', { version: 2, id: 'chat', messages: [] }],
    ['no version', { id: 'chat', messages: [] }],
    ['a version that is no JSON', { version: 1n, id: 'chat', messages: [] }],
    ['no id', { version: 1, messages: [] }],
    ['no messages', { version: 1, id: 'chat' }],
    ['messages that are no list', { version: 1, id: 'chat', messages: { length: 0 } }],
    ['a message that is none', { version: 1, id: 'chat', messages: ['Hello'] }],
    ['a message without an id', withMessage({ id: undefined })],
    ['a role that is none', withMessage({ role: 'root' })],
    ['a role in a list', withMessage({ role: ['user'] })],
    ['a state that is none', withMessage({ state: 'open' })],
    ['parts that are none', withMessage({ parts: 'Hello' })],
    ['a part that is none', withMessage({ parts: [null] })],
    ['a part of an unknown type', withMessage({ parts: [{ type: 'script', text: 'x' }] })],
    ['a part of the type of every object', withMessage({ parts: [{ type: 'constructor', text: 'x' }] })],
    ['a part of the type of no object', withMessage({ parts: [{ type: '__proto__', text: 'x' }] })],
    [
      'a part whose type has no words',
      withMessage({ parts: [{ type: { toString: 1, valueOf: 1 }, text: 'x' }] }),
    ],
    ['a part without its text', withMessage({ parts: [{ type: 'text' }] })],
    ['an image without its address', withMessage({ parts: [{ type: 'image', url: 1 }] })],
  ])('says that it is no conversation: %s', (_, data) => {
    expect(() => fromJSON(data)).toThrow(
      expect.objectContaining({ kind: 'malformed', name: 'ChatStreamError' }),
    )
  })

  it('says which message is none', () => {
    expect(() => fromJSON(withMessage({ id: 1 }))).toThrow(/position 1/)
  })

  it('errors with nothing else than `malformed`, whatever it is given', () => {
    const anything = fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true, maxDepth: 4 })
    const almost = fc.oneof(
      anything,
      fc.record({ version: fc.constant(1), id: text, messages: fc.array(fc.oneof(message, anything)) }),
      fc.record({
        version: fc.constant(1),
        id: text,
        messages: fc.array(
          fc.record({
            id: text,
            role: fc.oneof(fc.constant('user'), anything),
            state: fc.oneof(fc.constant('complete'), anything),
            parts: fc.array(fc.oneof(part, anything, fc.record({ type: fc.oneof(text, anything), text }))),
          }),
        ),
      }),
    )
    fc.assert(
      fc.property(almost, (data) => {
        try {
          fromJSON(data)
        } catch (error) {
          expect(isChatStreamError(error) && error.kind === 'malformed').toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
