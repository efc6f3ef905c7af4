import { createRandom, type Random } from '../model/random.js'
import { type TokenPiece, tokenPieces } from '../model/token-pieces.js'
import type { Language } from '../request/language.js'
import { type LongTextWords, longTextWords } from './long-text-words.js'
import { simulatorNotice } from './simulator-notice.js'

/** Tells whether a prompt asks for a long text. */
export const longTextKeywords: RegExp =
  /\blong(?:er)? (?:text|essay|story|article|answer)|長い(?:文|話|物語|回答)|長文|长文|长篇|(?:很|较|一段)长的/i

/** How many tokens a long text has if nobody says. */
export const longTextTokens = 4000

/**
 * Writes a text of exactly so many tokens, paragraph by paragraph, while it is read. The same seed gives the same text.
 */
export function longText(language: Language, tokens: number, seed: string): Iterable<TokenPiece> {
  return { [Symbol.iterator]: () => firstTokens(tokens, paragraphs(language, createRandom(seed))) }
}

function* firstTokens(tokens: number, texts: Iterable<string>): Generator<TokenPiece> {
  let left = tokens
  for (const text of texts) {
    for (const piece of tokenPieces(text)) {
      if (left === 0) return
      // A character of several tokens may not fit into the rest.
      const fitting = piece.tokens <= left ? piece : { text: '.', tokens: left }
      left -= fitting.tokens
      yield fitting
    }
  }
}

function* paragraphs(language: Language, random: Random): Generator<string> {
  const words = longTextWords[language]
  yield simulatorNotice[language]
  yield `# ${words.title}\n\n`
  for (let section = 0; ; section++) {
    yield `## ${section + 1}. ${words.headings[section % words.headings.length]}\n\n`
    for (let paragraph = 0; paragraph < 3; paragraph++) {
      const chosen = random.shuffle(words.sentences).slice(0, 5)
      yield `${chosen.map((sentence) => fill(sentence, words, random)).join(words.space)}\n\n`
    }
  }
}

function fill(sentence: string, { places, things }: LongTextWords, random: Random): string {
  return sentence.replace('PLACE', random.pick(places)).replace('THING', random.pick(things))
}
