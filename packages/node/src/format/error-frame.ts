import { type ChatStreamErrorKind, isChatStreamError } from '@chatstream/core'

/** An error, in the shape in which AllToken sends one inside a stream. */
export interface ErrorFrame {
  readonly error: {
    readonly message: string
    readonly type: string
    readonly code: string | number
  }
}

/**
 * What the reader of a stream is told of its failure. The words of the provider are handed on, and those that a reader
 * can make use of; not those that may quote a key, an address or the insides of this server: these are for your log.
 *
 * @example
 * ```ts
 * import { toErrorFrame } from '@chatstream/node'
 *
 * const body = JSON.stringify(toErrorFrame(new Error('ENOENT /etc/secret')))
 * // {"error":{"message":"The stream failed.","type":"server_error","code":500}}
 * ```
 */
export function toErrorFrame(error: unknown): ErrorFrame {
  if (!isChatStreamError(error)) return frame('The stream failed.', 'server_error', 500)
  const { type, code } = typeAndCode[error.kind]
  const message = discreet[error.kind] ?? error.message
  return frame(message, error.type ?? type, error.status ?? error.code ?? code)
}

const frame = (message: string, type: string, code: string | number): ErrorFrame => ({
  error: { message, type, code },
})

/** In place of the messages that may quote what is nobody's business. */
const discreet: Readonly<Partial<Record<ChatStreamErrorKind, string>>> = {
  authentication: 'The provider refused the key of this server.',
  network: 'The connection to the provider failed.',
  malformed: 'The provider sent what cannot be understood.',
  unsupported: 'This server cannot make such a request.',
}

const typeAndCode: Readonly<Record<ChatStreamErrorKind, { type: string; code: number }>> = {
  http: { type: 'invalid_request_error', code: 400 },
  authentication: { type: 'authentication_error', code: 401 },
  'rate-limit': { type: 'rate_limit_error', code: 429 },
  upstream: { type: 'server_error', code: 502 },
  network: { type: 'server_error', code: 502 },
  timeout: { type: 'timeout_error', code: 504 },
  truncated: { type: 'server_error', code: 502 },
  malformed: { type: 'server_error', code: 502 },
  'too-large': { type: 'server_error', code: 502 },
  unsupported: { type: 'server_error', code: 500 },
}
