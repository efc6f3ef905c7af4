import { describe, expect, it } from 'vitest'
import { toUserMessage } from './to-user-message.js'

const image = { type: 'image', url: 'data:image/png;base64,AA==' } as const

describe('toUserMessage', () => {
  it('takes a text', () => {
    expect(toUserMessage('Hello')).toEqual({
      id: expect.any(String),
      role: 'user',
      parts: [{ type: 'text', text: 'Hello' }],
      state: 'complete',
    })
    expect(toUserMessage({ text: ' ' }).parts).toEqual([{ type: 'text', text: ' ' }])
  })

  it('takes parts, and puts a text after them', () => {
    expect(toUserMessage({ parts: [image] }).parts).toEqual([image])
    expect(toUserMessage({ text: 'What is it?', parts: [image] }).parts).toEqual([
      image,
      { type: 'text', text: 'What is it?' },
    ])
  })

  it('keeps the id of the message that it takes the place of, and makes one otherwise', () => {
    expect(toUserMessage({ text: 'Hello', messageId: '1' }).id).toBe('1')
    expect(toUserMessage('Hello').id).not.toBe(toUserMessage('Hello').id)
  })

  it.each(['', {}, { text: '' }, { parts: [] }])(
    'errors with `unsupported` if there is nothing in it: %j',
    (input) => {
      expect(() => toUserMessage(input)).toThrow(expect.objectContaining({ kind: 'unsupported' }))
    },
  )
})
