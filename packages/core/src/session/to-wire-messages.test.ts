import { describe, expect, it } from 'vitest'
import type { Message, MessagePart, ToolCallPart } from '../message/message.js'
import { toWireMessages } from './to-wire-messages.js'

const message = (
  role: Message['role'],
  parts: readonly MessagePart[],
  more: Partial<Message> = {},
): Message => ({
  id: 'x',
  role,
  parts,
  state: 'complete',
  ...more,
})
const text = (text: string): MessagePart => ({ type: 'text', text })
const call = (id: string, more: Partial<ToolCallPart> = {}): MessagePart => ({
  type: 'tool-call',
  toolIndex: 0,
  id,
  name: 'time',
  arguments: '{}',
  ...more,
})
const result = (toolCallId: string): Message => message('tool', [text('noon')], { toolCallId })

describe('toWireMessages', () => {
  it('sends text as a string, in one piece', () => {
    expect(
      toWireMessages([message('system', [text('Be brief.')]), message('user', [text('Hel'), text('lo')])]),
    ).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ])
  })

  it('sends images in parts, in their order', () => {
    const image = { type: 'image', url: 'https://a.example/1.png' } as const
    expect(toWireMessages([message('user', [text('This'), image, text('or that?')])])).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'This' },
          { type: 'image_url', image_url: { url: 'https://a.example/1.png' } },
          { type: 'text', text: 'or that?' },
        ],
      },
    ])
  })

  it('leaves reasoning behind, and with it an answer that holds nothing else', () => {
    const reasoning = { type: 'reasoning', text: 'Hm.' } as const
    expect(toWireMessages([message('assistant', [reasoning, text('Yes.')])])).toEqual([
      { role: 'assistant', content: 'Yes.' },
    ])
    expect(toWireMessages([message('assistant', [reasoning], { state: 'aborted' })])).toEqual([])
    expect(toWireMessages([message('assistant', [])])).toEqual([])
  })

  it('sends a refusal as what was said', () => {
    expect(toWireMessages([message('assistant', [{ type: 'refusal', text: 'No.' }])])).toEqual([
      { role: 'assistant', content: 'No.' },
    ])
  })

  it('sends calls with their results, and gives providers their own fields back', () => {
    const extra = { extra_content: { google: { thought_signature: 'abc' } } }
    expect(
      toWireMessages([message('assistant', [text('Let me see.'), call('c1', { extra })]), result('c1')]),
    ).toEqual([
      {
        role: 'assistant',
        content: 'Let me see.',
        tool_calls: [{ ...extra, id: 'c1', type: 'function', function: { name: 'time', arguments: '{}' } }],
      },
      { role: 'tool', content: 'noon', tool_call_id: 'c1' },
    ])
  })

  it('leaves calls behind that have no result', () => {
    expect(toWireMessages([message('assistant', [call('c1'), call('c2')]), result('c2')])).toMatchObject([
      { role: 'assistant', content: null, tool_calls: [{ id: 'c2' }] },
      { role: 'tool', tool_call_id: 'c2' },
    ])
    expect(toWireMessages([message('assistant', [call('c1')])])).toEqual([])
    expect(toWireMessages([message('assistant', [text('Let me see.'), call('c1')])])).toEqual([
      { role: 'assistant', content: 'Let me see.' },
    ])
  })

  it('does not let extra fields take the place of ours', () => {
    const extra = { id: 'other', type: 'other', function: 'other' }
    expect(
      toWireMessages([message('assistant', [call('c1', { extra })]), result('c1')])[0]?.tool_calls,
    ).toEqual([{ id: 'c1', type: 'function', function: { name: 'time', arguments: '{}' } }])
  })
})
