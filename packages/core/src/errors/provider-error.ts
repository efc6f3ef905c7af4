import {
  ChatStreamError,
  type ChatStreamErrorDetails,
  type ChatStreamErrorKind,
} from './chat-stream-error.js'
import { isRecord } from './is-record.js'

/** What an HTTP status means to us. One table decides what is worth another attempt. */
export const classifyStatus = (status: number): { kind: ChatStreamErrorKind; retryable: boolean } => ({
  kind:
    status >= 500 ? 'upstream' : status === 429 ? 'rate-limit' : status === 401 ? 'authentication' : 'http',
  retryable: status >= 500 || [408, 409, 425, 429].includes(status),
})

/** The words by which providers name a status when they send no number. */
const statusByWord: readonly (readonly [RegExp, number])[] = [
  [/invalid_request|context_length/, 400],
  [/authentication|api_key/, 401],
  [/permission/, 403],
  [/not_found/, 404],
  [/rate_limit|quota/, 429],
  [/overloaded/, 529],
]

/** Is this object, parsed from a body or a frame, about an error? */
export const reportsError = (value: Readonly<Record<string, unknown>>): boolean =>
  isRecord(value['error']) ||
  asString(value['error']) !== undefined ||
  value['type'] === 'error' ||
  value['object'] === 'error'

/**
 * The error that a provider reported, in whichever of its shapes: `{ error: { message, type, code } }`, the inner object
 * alone, or a bare string; `code` a number, a string or null. Without a code it counts as an upstream failure.
 */
export function providerError(raw: unknown, details: ChatStreamErrorDetails = {}): ChatStreamError {
  const body = isRecord(raw) ? raw : {}
  const error = isRecord(body['error']) ? body['error'] : body
  const type = asString(error['type'])
  const code = asCode(error['code']) ?? asCode(error['status'])
  const status = details.status ?? statusOf(code) ?? statusOf(asCode(error['type']))
  const { kind, retryable } = classifyStatus(status ?? 500)
  const text =
    asString(error['message']) ?? asString(body['error']) ?? asString(body['detail']) ?? asString(raw)
  const unsaid =
    status === undefined
      ? 'The provider reported an error without a message.'
      : `The server answered with status ${status}.`
  return new ChatStreamError(kind, text ?? unsaid, {
    raw,
    ...details,
    status,
    code,
    type,
    // A used-up quota is sent as a rate limit, but waiting does not refill it.
    retryable: retryable && code !== 'insufficient_quota',
  })
}

function statusOf(code: string | number = ''): number | undefined {
  const name = String(code)
  return /^[45]\d\d$/.test(name) ? Number(name) : statusByWord.find(([word]) => word.test(name))?.[1]
}

/** A string with anything in it. */
export const asString = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

const asCode = (value: unknown): string | number | undefined =>
  typeof value === 'number' ? value : asString(value)
