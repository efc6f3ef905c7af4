import { ChatStreamError, isChatStreamError } from '../errors/chat-stream-error.js'
import { asString } from '../errors/provider-error.js'

/** Whatever was thrown, as our error: clients, stores and tools of one's own may fail with anything. */
export function toChatStreamError(cause: unknown): ChatStreamError {
  if (isChatStreamError(cause)) return cause
  const said = asString(cause) ?? asString((cause as Error | undefined)?.message)
  const message = said ?? 'What was thrown is no error: see the cause.'
  return new ChatStreamError('unsupported', message, { cause })
}
