import type { Units } from '../wire/units.js'

/** Where an answer goes. */
export interface AnswerSink {
  /** Resolves when there is room for more; nothing if there is. */
  readonly room: () => Promise<void> | undefined
  /** Before the first units, once it is certain that there will be a stream. */
  readonly open: () => void
  readonly units: (units: Units) => void
  /** The end, with what is no whole unit; or the line breaks, as the upstream's did. */
  readonly end: (rest?: Uint8Array) => void
  readonly break: () => void
  /** If a break of the line would only mean "ask again", a break upstream is told in words. */
  readonly isResumable: boolean
}
