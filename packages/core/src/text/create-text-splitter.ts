/** A run of lines that ends at a newline, which belongs to neither side. Its text is all pieces of all groups, joined. */
export interface TextBlock {
  /** Counted from 0: the same block has the same key as long as the splitter lives. */
  readonly key: number
  readonly groups: readonly (readonly string[])[]
}

/** Blocks in groups: a list of many hundred siblings would itself grow dear. */
export type TextBlocks = readonly (readonly TextBlock[])[]

export interface TextSplitterOptions {
  /** A block ends at the first newline once it holds so many characters. Default: 512. */
  readonly blockLength?: number
  /** How many make a group. Default: 32. */
  readonly groupSize?: number
}

export interface TextSplitter {
  /** Adds what has come. */
  readonly push: (delta: string) => void
  /** All blocks; all but the last piece of the last one are frozen, and stay the same objects. */
  readonly blocks: () => TextBlocks
  /** The last piece, which still grows. */
  readonly openPiece: () => string
  /** Freezes the open piece up to this offset, which must be where a laid-out line starts: only the view knows. */
  readonly cut: (offset: number) => void
  /** Makes one piece of each block again: when the lines have moved, or the text is whole. */
  readonly join: () => void
}

/**
 * Splits a text that only grows into blocks that never change once frozen, so that a view lays out only the last one.
 *
 * A block ends at a newline, never in the middle of a line by counting: a long paragraph is cut by the view, and only
 * where a line starts, so the cut cannot be seen, and no word or character is torn.
 *
 * @example
 * ```ts
 * import { createTextSplitter } from '@chatstream/core'
 *
 * const splitter = createTextSplitter()
 * splitter.push('Hello,\nworld')
 * splitter.blocks() // [[{ key: 0, groups: [['Hello,\nworld']] }]]
 * ```
 */
export function createTextSplitter(options: TextSplitterOptions = {}): TextSplitter {
  const { blockLength = 512, groupSize = 32 } = options
  let fullGroups: TextBlocks = []
  let lastGroup: readonly TextBlock[] = []
  let key = 0
  // The open block: groups of pieces, the pieces of the last group, and the piece that grows.
  let pieceGroups: readonly (readonly string[])[] = []
  let pieces: readonly string[] = []
  let frozenLength = 0
  let open = ''
  let beforeOpen = '' // the character before it, in its block
  let heldEnd = -1 // a newline that ends the block, if more comes: at the end of a text it is part of it

  const openBlock = (): TextBlock => ({ key, groups: [...pieceGroups, [...pieces, open]] })

  const reopen = (text: string): void => {
    pieceGroups = []
    pieces = []
    frozenLength = 0
    open = text
    beforeOpen = ''
    heldEnd = text.length > blockLength && text.endsWith('\n') ? endAt(text.length - 1) : -1
  }

  /** The first newline from here on that follows no other: a block that ended in one would show a line too few. */
  const endAt = (from: number): number => {
    let end = open.indexOf('\n', from)
    while (end !== -1 && (end === 0 ? beforeOpen : open[end - 1]) === '\n') end = open.indexOf('\n', end + 1)
    return end
  }

  const closeBlock = (end: number): void => {
    const rest = open.slice(end + 1)
    open = open.slice(0, end)
    lastGroup = [...lastGroup, openBlock()]
    key++
    if (lastGroup.length === groupSize) {
      fullGroups = [...fullGroups, lastGroup]
      lastGroup = []
    }
    reopen(rest)
  }

  return {
    push(delta) {
      const before = open.length
      open += delta
      // Else only what is new can hold the newline that is looked for.
      const found = delta.indexOf('\n', Math.max(0, blockLength - frozenLength - before))
      let end = heldEnd !== -1 || found === -1 ? heldEnd : endAt(before + found)
      while (end !== -1 && end < open.length - 1) {
        closeBlock(end)
        end = endAt(blockLength)
      }
      heldEnd = end
    },
    blocks: () => [...fullGroups, [...lastGroup, openBlock()]],
    openPiece: () => open,
    cut(offset) {
      if (offset <= 0 || offset >= open.length) return
      pieces = [...pieces, open.slice(0, offset)]
      frozenLength += offset
      beforeOpen = open.charAt(offset - 1)
      open = open.slice(offset)
      if (heldEnd !== -1) heldEnd -= offset
      if (pieces.length < groupSize) return
      pieceGroups = [...pieceGroups, pieces]
      pieces = []
    },
    join() {
      fullGroups = fullGroups.map((group) => group.map(joined))
      lastGroup = lastGroup.map(joined)
      reopen(textOf(openBlock()))
    },
  }
}

const textOf = ({ groups }: TextBlock): string => groups.flat().join('')

const joined = (block: TextBlock): TextBlock =>
  block.groups.flat().length === 1 ? block : { key: block.key, groups: [[textOf(block)]] }
