/** What an answer is written in. */
export type Protocol = 'openai' | 'ai-sdk' | 'ag-ui'

interface MountOptions {
  /** Where to ask. */
  readonly url: string
  /** What was said before: a question, its answer, and so on. */
  readonly history: readonly string[]
  /** To be called after every commit of the growing answer. */
  readonly onCommit: () => void
}

export interface Mounted {
  /** Asks for the answer; resolves when all of it has come. */
  readonly send: () => Promise<unknown>
  /** The answer, as the state has it. */
  readonly text: () => string
  readonly unmount: () => void
}

/** Shows a chat in a page; the growing answer is in the element with the attribute `data-answer`. */
export type Mount = (container: HTMLElement, options: MountOptions) => Mounted
