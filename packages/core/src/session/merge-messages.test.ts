import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '../message/message.js'
import { mergeMessages, upTo } from './merge-messages.js'

const message = (id: string): Message => ({ id, role: 'user', parts: [], state: 'complete' })
const list = (ids: string): readonly Message[] => [...ids].map(message)
const ids = (messages: readonly Message[]): string => messages.map(({ id }) => id).join('')

describe('mergeMessages', () => {
  it.each([
    ['', 'qa', 'qa'],
    ['12', 'qa', '12qa'],
    ['q', 'qa', 'qa'],
    ['1q2', 'qa', '1qa2'],
    ['1a2', 'qa', '1a2q'],
    ['1q2', 'qarb', '1qarb2'],
    ['qr', 'qarb', 'qarb'],
  ])(
    'puts into "%s" what is missing of "%s", an answer after its question: "%s"',
    (messages, more, merged) => {
      expect(ids(mergeMessages(list(messages), list(more)))).toBe(merged)
    },
  )

  it('gives the same array back if nothing is missing', () => {
    const messages = list('123')
    expect(mergeMessages(messages, list('31'))).toBe(messages)
    expect(mergeMessages(messages, [])).toBe(messages)
  })

  it('keeps what is there rather than what is new', () => {
    const messages = list('1')
    expect(mergeMessages(messages, list('12'))[0]).toBe(messages[0])
  })

  it('loses none, doubles none, and keeps the order of what was there', () => {
    const unique = fc.uniqueArray(fc.constantFrom(...'abcdefgh')).map((all) => all.join(''))
    fc.assert(
      fc.property(unique, unique, (before, more) => {
        const merged = ids(mergeMessages(list(before), list(more)))
        expect(new Set(merged)).toEqual(new Set(before + more))
        expect(merged.length).toBe(new Set(before + more).size)
        expect([...merged].filter((id) => before.includes(id)).join('')).toBe(before)
      }),
    )
  })
})

describe('upTo', () => {
  it('gives what comes before a message, and the message', () => {
    expect(ids(upTo(list('123'), '2'))).toBe('12')
  })

  it('gives all if the message is not there', () => {
    const messages = list('123')
    expect(upTo(messages, '9')).toBe(messages)
  })
})
