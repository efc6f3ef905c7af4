import { ChatStreamError } from './chat-stream-error.js'

/** A server, by mistake or by intent, sends more than anybody could want. */
export const tooLarge = (what: string, limit: number, unit: string): ChatStreamError =>
  new ChatStreamError('too-large', `${what} has more than ${limit} ${unit}.`)
