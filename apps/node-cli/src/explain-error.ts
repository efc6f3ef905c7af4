import { type ChatStreamError, type ChatStreamErrorKind, isChatStreamError } from '@chatstream/core'
import { oneSentence } from './one-sentence.js'
import { stripControls } from './strip-controls.js'

/** One line: what went wrong, in the words of who knows best, and what to do next. */
export function explainError(error: unknown): string {
  const message = oneSentence(error instanceof Error ? error.message : String(error))
  if (!isChatStreamError(error)) return `chatstream: ${message}`
  const request = error.requestId === undefined ? '' : ` (request ${stripControls(error.requestId)})`
  return `chatstream: ${message} ${nextStep[error.kind](error)}${request}`
}

const nextStep: Readonly<Record<ChatStreamErrorKind, (error: ChatStreamError) => string>> = {
  authentication: () => 'Check ALLTOKEN_API_KEY.',
  http: ({ status }) =>
    status === 404
      ? 'Check --model and ALLTOKEN_BASE_URL.'
      : 'Change the request: it would be refused again.',
  'rate-limit': ({ retryAt, retryable }) => {
    if (!retryable) return 'Check the balance of the account: waiting does not help.'
    const seconds = retryAt === undefined ? 0 : Math.ceil((retryAt - Date.now()) / 1000)
    return seconds > 0 ? `Try again in ${seconds} s.` : 'Try again later.'
  },
  upstream: () => 'Try again, or another --model.',
  network: () => 'Check the connection and ALLTOKEN_BASE_URL, then try again.',
  timeout: () => 'Try again.',
  truncated: () => 'Try again.',
  malformed: () => 'Check ALLTOKEN_BASE_URL.',
  'too-large': () => 'Try again, or another --model.',
  unsupported: () => 'Check ALLTOKEN_BASE_URL and ALLTOKEN_API_KEY.',
}
