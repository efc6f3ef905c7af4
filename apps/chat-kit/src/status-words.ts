import type { ChatStatus } from '@chatstream/core'

/** What a screen reader is told: once at each turn of a conversation, not at each token. */
export const statusWords: Readonly<Record<ChatStatus, string>> = {
  ready: 'The answer is complete.',
  submitted: 'Sent.',
  streaming: 'The answer is coming.',
  error: '', // the notice is an alert by itself
}
