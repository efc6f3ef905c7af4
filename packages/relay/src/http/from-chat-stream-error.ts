import type { ChatStreamError } from '@chatstream/core'
import { RelayError } from './relay-error.js'

export interface ErrorWords {
  /** Takes keys and addresses out of what a provider says. */
  readonly redact: (text: string) => string
  /** Whose key is refused, if one is? */
  readonly keyOwner: 'relay' | 'user'
}

/** What the client is told of an upstream's failure: the status, and words that name neither the address nor the key. */
export function fromChatStreamError(
  error: ChatStreamError,
  { redact, keyOwner }: ErrorWords,
  now: number = Date.now(),
): RelayError {
  const { kind, status, retryAt } = error
  const code = typeof error.code === 'string' ? redact(error.code) : error.code
  const type = error.type === undefined ? undefined : redact(error.type)
  const retryAfterMs = retryAt === undefined ? undefined : Math.max(0, retryAt - now)
  switch (kind) {
    case 'authentication':
      // The client can do nothing about a key that is not its own: a 401 would make it sign in anew, in vain.
      return keyOwner === 'user'
        ? new RelayError(401, code ?? 401, 'The provider refused the key.')
        : new RelayError(502, 'upstream_authentication', 'The provider refused the key of this server.')
    case 'rate-limit':
      return new RelayError(429, code ?? 429, redact(error.message), { type, retryAfterMs })
    case 'http':
      return new RelayError(status ?? 400, code ?? status ?? 400, redact(error.message), {
        type,
        retryAfterMs,
      })
    case 'upstream': {
      const known = status ?? 502
      return new RelayError(known, code ?? known, redact(error.message), { type, retryAfterMs })
    }
    case 'network':
      return new RelayError(502, 'upstream_network', 'The connection to the provider failed.')
    case 'timeout':
      return new RelayError(504, 'upstream_timeout', 'The provider took too long.')
    case 'truncated':
      return new RelayError(502, 'upstream_truncated', 'The answer of the provider ended too early.')
    case 'malformed':
      return new RelayError(502, 'upstream_malformed', 'The provider sent something that is no answer.')
    case 'too-large':
      return new RelayError(502, 'upstream_too_large', 'The provider sent more than this server takes.')
    case 'unsupported':
      return new RelayError(400, 'unsupported', 'This request cannot be sent on.')
  }
}
