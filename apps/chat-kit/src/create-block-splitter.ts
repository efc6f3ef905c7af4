import { Lexer } from 'marked'

/** A piece of markdown that can be rendered by itself. */
export interface MarkdownBlock {
  /** Its position in the text: the same for as long as the text only grows. */
  readonly start: number
  readonly text: string
}

/**
 * Splits a growing text into blocks. Those that cannot change any more keep their identity, so that they are neither
 * parsed nor rendered again: only what comes after them is read when the text grows.
 */
export function createBlockSplitter(): (text: string) => readonly MarkdownBlock[] {
  let seen = ''
  let frozen: readonly MarkdownBlock[] = []
  let blocks: readonly MarkdownBlock[] = []

  return (input) => {
    const text = input.includes('\r') ? input.replace(/\r\n?/g, '\n') : input
    if (text === seen) return blocks
    if (!text.startsWith(seen)) frozen = []
    seen = text
    const last = frozen.at(-1)
    let start = last === undefined ? 0 : last.start + last.text.length
    // Where blocks start and end, and nothing of what is in them: that is for who shows them.
    const open = new Lexer().blockTokens(text.slice(start)).map(({ type, raw }) => {
      const block = { start, text: raw, isBlank: type === 'space' }
      start += raw.length
      return block
    })
    // A line more can still change the last block (a paragraph into a heading), and join it to the one before it.
    const filled = open.filter(({ isBlank }) => !isBlank)
    const firstOpen = filled.at(-2) ?? filled.at(-1)
    const settled = firstOpen === undefined ? 0 : open.indexOf(firstOpen)
    const pieces = open.map(({ start, text }): MarkdownBlock => ({ start, text }))
    frozen = [...frozen, ...pieces.slice(0, settled)]
    blocks = [...frozen, ...pieces.slice(settled)].filter((block) => block.text.trim() !== '')
    return blocks
  }
}

/** Link and footnote definitions are looked up in the whole text: it cannot be rendered in blocks. */
export const hasDefinitions = (text: string): boolean => /^ {0,3}\[[^\]\n]+\]:/m.test(text)
