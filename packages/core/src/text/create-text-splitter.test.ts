import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextSplitter, type TextBlocks } from './create-text-splitter.js'

const textOf = (blocks: TextBlocks): string =>
  blocks
    .flat()
    .map(({ groups }) => groups.flat().join(''))
    .join('\n')

const line = (length: number): string => 'x'.repeat(length)

describe('createTextSplitter', () => {
  it('shows nothing as one empty block', () => {
    expect(createTextSplitter().blocks()).toEqual([[{ key: 0, groups: [['']] }]])
  })

  it('ends a block at the first newline after its length, and gives the newline to neither side', () => {
    const splitter = createTextSplitter({ blockLength: 4 })
    splitter.push('ab\ncd\nef')
    expect(splitter.blocks()).toEqual([
      [
        { key: 0, groups: [['ab\ncd']] },
        { key: 1, groups: [['ef']] },
      ],
    ])
  })

  it('keeps a newline at the end of the text, until more comes', () => {
    const splitter = createTextSplitter({ blockLength: 2 })
    splitter.push('abc\n')
    expect(splitter.blocks().flat()).toEqual([{ key: 0, groups: [['abc\n']] }])
    splitter.cut(2)
    splitter.push('')
    splitter.push('d')
    expect(splitter.blocks().flat()).toEqual([
      { key: 0, groups: [['ab', 'c']] },
      { key: 1, groups: [['d']] },
    ])
  })

  it('leaves blank lines to the next block', () => {
    const splitter = createTextSplitter({ blockLength: 2 })
    splitter.push('abc\n\n\nd')
    expect(splitter.blocks().flat()).toEqual([
      { key: 0, groups: [['abc']] },
      { key: 1, groups: [['\n\nd']] },
    ])
  })

  it('ends no block inside a run of newlines, of which the last would not be shown', () => {
    const splitter = createTextSplitter({ blockLength: 4 })
    splitter.push('abc\n\n')
    splitter.push('\nd\ne')
    expect(splitter.blocks().flat()).toEqual([
      { key: 0, groups: [['abc\n\n\nd']] },
      { key: 1, groups: [['e']] },
    ])
  })

  it('ends no block there when the first of the newlines has been cut off', () => {
    const splitter = createTextSplitter({ blockLength: 4 })
    splitter.push('abc\n')
    splitter.push('\nd')
    expect(splitter.blocks().flat()).toEqual([{ key: 0, groups: [['abc\n\nd']] }])
    const cut = createTextSplitter({ blockLength: 4 })
    cut.push('abc\nd')
    cut.cut(4)
    cut.push('\ne')
    expect(cut.blocks().flat()).toEqual([
      { key: 0, groups: [['abc\n', 'd']] },
      { key: 1, groups: [['e']] },
    ])
    const run = createTextSplitter({ blockLength: 4 })
    run.push('abc\n\n')
    run.cut(4)
    run.push('e')
    expect(run.blocks().flat()).toEqual([{ key: 0, groups: [['abc\n', '\ne']] }])
  })

  it('never cuts a line by counting', () => {
    const splitter = createTextSplitter({ blockLength: 10 })
    splitter.push(line(5000))
    expect(splitter.blocks()).toEqual([[{ key: 0, groups: [[line(5000)]] }]])
    expect(splitter.openPiece()).toBe(line(5000))
  })

  it('freezes what the view has cut, and keeps the text', () => {
    const splitter = createTextSplitter()
    splitter.push('one two three')
    splitter.cut(8)
    expect(splitter.blocks()).toEqual([[{ key: 0, groups: [['one two ', 'three']] }]])
    expect(splitter.openPiece()).toBe('three')
  })

  it.each([0, -1, 5, 6])('does not cut at %d what has 5 characters', (offset) => {
    const splitter = createTextSplitter()
    splitter.push('hello')
    splitter.cut(offset)
    expect(splitter.blocks()).toEqual([[{ key: 0, groups: [['hello']] }]])
  })

  it('counts what was cut as part of its block', () => {
    const splitter = createTextSplitter({ blockLength: 6 })
    splitter.push('abcdef')
    splitter.cut(4)
    splitter.push('\ngh')
    expect(splitter.blocks().flat()).toEqual([
      { key: 0, groups: [['abcd', 'ef']] },
      { key: 1, groups: [['gh']] },
    ])
  })

  it('puts blocks, and pieces, into groups', () => {
    const splitter = createTextSplitter({ blockLength: 1, groupSize: 2 })
    splitter.push('ab\ncd\nef\ngh\nij')
    expect(splitter.blocks().map((group) => group.length)).toEqual([2, 2, 1])
    for (const _ of 'abc') {
      splitter.push('xyz')
      splitter.cut(2)
    }
    expect(
      splitter
        .blocks()
        .at(-1)?.[0]
        ?.groups.map((group) => group.length),
    ).toEqual([2, 2])
  })

  it('joins the pieces of each block, and leaves whole blocks as they are', () => {
    const splitter = createTextSplitter({ blockLength: 3 })
    splitter.push('abc\ndefgh')
    const [whole] = splitter.blocks().flat()
    splitter.cut(2)
    splitter.join()
    expect(splitter.blocks().flat()).toEqual([whole, { key: 1, groups: [['defgh']] }])
    expect(splitter.blocks().flat()[0]).toBe(whole)
  })

  it('keeps the text to the letter, and every frozen object the same, however the text comes and is cut', () => {
    const step = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '日', '🌍', ' ', '\n'), maxLength: 12 }),
      fc.nat({ max: 20 }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const splitter = createTextSplitter({ blockLength: 5, groupSize: 3 })
        let text = ''
        let before = splitter.blocks()
        for (const next of steps) {
          if (typeof next === 'number') splitter.cut(next)
          else {
            splitter.push(next)
            text += next
          }
          const after = splitter.blocks()
          expect(textOf(after)).toBe(text)
          for (const block of after.flat().slice(0, -1)) expect(textOf([[block]])).not.toMatch(/\n$/)
          // All groups but the last, and all blocks but the last.
          for (const [position, group] of before.slice(0, -1).entries()) expect(after[position]).toBe(group)
          const blocks = after.flat()
          const frozen = before.flat().slice(0, -1)
          for (const [position, block] of frozen.entries()) expect(blocks[position]).toBe(block)
          before = after
        }
        splitter.join()
        expect(textOf(splitter.blocks())).toBe(text)
      }),
    )
  })
})
