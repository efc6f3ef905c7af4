import type { ChatStreamErrorData, ChatStreamErrorKind } from '@chatstream/core'

/** Of an error, what a page shows. */
export interface ShownError extends Pick<ChatStreamErrorData, 'kind' | 'retryable' | 'message'> {
  readonly requestId?: string | undefined
}

/** What went wrong, in the words of a person; the error's own message goes below it. */
export const explainError = ({ kind, retryable }: Pick<ChatStreamErrorData, 'kind' | 'retryable'>): string =>
  kind === 'rate-limit' && !retryable ? 'The quota is used up' : headline[kind]

const headline: Readonly<Record<ChatStreamErrorKind, string>> = {
  authentication: 'The key was refused',
  http: 'The request was refused',
  'rate-limit': 'Rate limited',
  upstream: 'The provider failed',
  network: 'The connection was lost',
  timeout: 'No answer came in time',
  truncated: 'The answer ended too early',
  malformed: 'What came was not an answer',
  'too-large': 'The answer was too large',
  unsupported: 'This cannot be sent',
}
