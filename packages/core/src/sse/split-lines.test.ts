import { describe, expect, it } from 'vitest'
import { bytesOf } from '../../test/cut-bytes.js'
import { createLineSplitter } from './split-lines.js'

const split = (chunks: readonly string[], limit = 100): string[] => {
  const handedOn: string[] = []
  const lines = createLineSplitter(limit, (text) => handedOn.push(text))
  for (const chunk of chunks) lines.push(bytesOf(chunk))
  lines.flush()
  return handedOn
}

describe('createLineSplitter', () => {
  it('hands on all the whole lines of a chunk at once', () => {
    expect(split(['a\nb\nc\n'])).toEqual(['a\nb\nc\n'])
  })

  it('holds a line until it is whole', () => {
    expect(split(['a\nb', 'c', 'd\ne\n'])).toEqual(['a\n', 'bcd\ne\n'])
  })

  it('ends every line with one LF, whatever ended it', () => {
    expect(split(['a\r\nb\rc\n\r\n\r'])).toEqual(['a\nb\nc\n\n\n'])
  })

  it('takes a CR and its LF in two chunks for one line end', () => {
    expect(split(['a\r', '\nb\r', '\n'])).toEqual(['a\n', 'b\n'])
    expect(split(['a\r', '', '\nb\n'])).toEqual(['a\n', 'b\n'])
  })

  it('takes a CR and, after another byte, an LF for two', () => {
    expect(split(['a\r', 'b\n', '\n'])).toEqual(['a\n', 'b\n', '\n'])
  })

  it('ends the line that has begun when it is flushed, once', () => {
    const handedOn: string[] = []
    const lines = createLineSplitter(100, (text) => handedOn.push(text))
    lines.push(bytesOf('a\nb'))
    lines.flush()
    lines.flush()
    expect(handedOn).toEqual(['a\n', 'b\n'])
  })

  it('holds lines that are longer than its first buffer', () => {
    const long = 'x'.repeat(5000)
    const chunks = [`${long.slice(0, 900)}`, long.slice(900, 1100), `${long.slice(1100)}\n`]
    expect(split(chunks, 6000)).toEqual([`${long}\n`])
  })

  it('errors at the first line that is too long, after the lines before it', () => {
    const handedOn: string[] = []
    const lines = createLineSplitter(4, (text) => handedOn.push(text))
    expect(() => lines.push(bytesOf('abcd\nef\r\nabcde\nghi\n'))).toThrow(/more than 4 bytes/)
    expect(handedOn).toEqual(['abcd\nef\n'])
  })

  it('errors as soon as a held line is too long', () => {
    const lines = createLineSplitter(4, () => {})
    lines.push(bytesOf('abc'))
    lines.push(bytesOf('d'))
    expect(() => lines.push(bytesOf('e'))).toThrow(/more than 4 bytes/)
  })
})
