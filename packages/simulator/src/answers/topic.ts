import type { Language } from '../request/language.js'

/** A subject that the simulator has a text about. */
export interface Topic {
  /** Tells whether a prompt is about the subject, in any of the languages. */
  readonly keywords: RegExp
  readonly texts: Readonly<Record<Language, TopicText>>
}

/** A text in one language, and what a thinking model thinks before it. */
export interface TopicText {
  readonly reasoning: string
  readonly content: string
}
