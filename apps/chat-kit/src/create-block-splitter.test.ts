import { describe, expect, it } from 'vitest'
import { createBlockSplitter } from './create-block-splitter.js'

const text = `# Title

First paragraph
goes on

- one
- two

  with a paragraph

| a | b |
|---|---|
| 1 | 2 |

\`\`\`ts
const a = 1

const b = 2
\`\`\`

The end`

describe('createBlockSplitter', () => {
  it('gives the blocks of the whole text, wherever it was cut', () => {
    const whole = createBlockSplitter()(text)
    for (const step of [1, 2, 7, 40]) {
      const split = createBlockSplitter()
      for (let end = step; end < text.length; end += step) split(text.slice(0, end))
      expect(split(text)).toEqual(whole)
    }
  })

  it('keeps the identity of blocks that are done', () => {
    const split = createBlockSplitter()
    const before = split(text.slice(0, text.indexOf('```ts') + 8))
    const after = split(text)
    expect(after.slice(0, 3)).toEqual(before.slice(0, 3))
    for (const [index, block] of before.slice(0, 3).entries()) expect(after[index]).toBe(block)
  })

  it('starts anew with another text', () => {
    const split = createBlockSplitter()
    split(text)
    expect(split('Other').map((block) => block.text)).toEqual(['Other'])
  })
})
