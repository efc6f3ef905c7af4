import { describe, expect, it } from 'vitest'
import type { TextBlocks } from './create-text-splitter.js'
import { createTextView } from './create-text-view.js'

const textOf = (blocks: TextBlocks): string =>
  blocks
    .flat()
    .map(({ groups }) => groups.flat().join(''))
    .join('\n')

const paragraph = `${'x'.repeat(600)}\n`

describe('createTextView', () => {
  it('gives the blocks of a text, and keeps those of what it has grown from', () => {
    const view = createTextView()
    const before = view.read(`${paragraph}m`).flat()[0]
    const after = view.read(`${paragraph}more`)
    expect(after.flat()[0]).toBe(before)
    expect(textOf(after)).toBe(`${paragraph}more`)
  })

  it('changes nothing when the same text is read again', () => {
    const view = createTextView()
    view.read('some text')
    expect(textOf(view.read('some text'))).toBe('some text')
  })

  it('starts anew with another text, under other keys', () => {
    const view = createTextView()
    view.read('some text')
    expect(view.generation()).toBe(0)
    expect(textOf(view.read('other'))).toBe('other')
    expect(view.generation()).toBe(1)
    expect(textOf(view.read(''))).toBe('')
    expect(view.generation()).toBe(2)
  })
})
