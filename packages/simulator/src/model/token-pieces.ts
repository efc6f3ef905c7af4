import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base'

/** A piece of text that is valid by itself, and the number of tokens in it (more than one where tokens cut a character). */
export interface TokenPiece {
  readonly text: string
  readonly tokens: number
}

/**
 * Cuts text into pieces of one token each, with the o200k_base vocabulary.
 *
 * @example
 * ```ts
 * [...tokenPieces('Hello, 世界')].map((piece) => piece.text) // ['Hello', ',', ' 世界']
 * ```
 */
export function* tokenPieces(text: string): Generator<TokenPiece> {
  let start = 0
  let pending: number[] = []
  for (const token of encode(text, specialTokensAreText)) {
    pending.push(token)
    const piece = decode(pending)
    // A token may end inside a character, which decodes to U+FFFD: such a piece is not what the text has here.
    if (piece === '' || !text.startsWith(piece, start)) continue
    yield { text: piece, tokens: pending.length }
    start += piece.length
    pending = []
  }
  if (start < text.length) yield { text: text.slice(start), tokens: pending.length }
}

/** Counts the tokens of a text. */
export function countTokens(text: string): number {
  return encode(text, specialTokensAreText).length
}

const specialTokensAreText = { disallowedSpecial: new Set<string>() }
