import type { Message } from '@chatstream/core'
import { describe, expect, it } from 'vitest'
import { mergeChanges } from './merge-changes.js'

const message = (id: string, text = id): Message => ({
  id,
  role: 'user',
  parts: [{ type: 'text', text }],
  state: 'complete',
})
const list = (ids: string): readonly Message[] => [...ids].map((id) => message(id))
const merged = (before: string, mine: string, theirs: string): string =>
  mergeChanges(list(before), list(mine), list(theirs))
    .map(({ id }) => id)
    .join('')

describe('mergeChanges', () => {
  it.each([
    ['what both have added', 'a', 'abc', 'ade', 'adebc'],
    ['what only the other has added', 'a', 'a', 'abc', 'abc'],
    ['what the other has removed, with what was added here', 'abc', 'abcd', 'a', 'ad'],
    ['what was removed here, with what the other has added', 'abc', 'a', 'abcd', 'ad'],
    ['a conversation that is new on both sides', '', 'ab', 'cd', 'abcd'],
  ])('puts together %s', (_, before, mine, theirs, all) => {
    expect(merged(before, mine, theirs)).toBe(all)
  })

  it('takes a message as the one has it who changed it, and as it is here if both did', () => {
    const before = list('abc')
    const mine = [message('a'), message('b', 'mine'), message('c', 'mine')]
    const theirs = [message('a', 'theirs'), message('b'), message('c', 'theirs')]
    expect(mergeChanges(before, mine, theirs)).toEqual([message('a', 'theirs'), mine[1], mine[2]])
  })

  it('gives what is here if the other has changed nothing', () => {
    const mine = list('abc')
    expect(mergeChanges(list('a'), mine, list('a'))).toBe(mine)
    expect(mergeChanges(list('abc'), mine, list('abc'))).toBe(mine)
  })
})
