import { ChatStreamError } from '@chatstream/core'

/** What was written cannot be taken back. */
export const cannotReset = (what: string): ChatStreamError =>
  new ChatStreamError('unsupported', `${what} cannot start anew: leave retry.restart off, or write jsonl.`)
