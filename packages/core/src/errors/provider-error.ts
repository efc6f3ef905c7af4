import {
  ChatStreamError,
  type ChatStreamErrorDetails,
  type ChatStreamErrorKind,
} from './chat-stream-error.js'
import { isRecord } from './is-record.js'

/** What an HTTP status means to us. One table decides what is worth another attempt. */
export function classifyStatus(status: number): { kind: ChatStreamErrorKind; retryable: boolean } {
  const retryable = status >= 500 || [408, 409, 425, 429].includes(status)
  if (status >= 500) return { kind: 'upstream', retryable }
  if (status === 429) return { kind: 'rate-limit', retryable }
  return { kind: status === 401 ? 'authentication' : 'http', retryable }
}

/** The names by which providers call a status when they send no number. */
const statusByName: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  context_length_exceeded: 400,
  authentication_error: 401,
  invalid_api_key: 401,
  permission_error: 403,
  not_found_error: 404,
  model_not_found: 404,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  insufficient_quota: 429,
  overloaded_error: 529,
}

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
  return new ChatStreamError(kind, text ?? fallbackMessage(status), {
    ...details,
    status,
    code,
    type,
    raw: details.raw ?? raw,
    // A used-up quota is sent as a rate limit, but waiting does not refill it.
    retryable: retryable && code !== 'insufficient_quota',
  })
}

const fallbackMessage = (status: number | undefined): string =>
  status === undefined
    ? 'The provider reported an error without a message.'
    : `The server answered with status ${status}.`

function statusOf(code: string | number | undefined): number | undefined {
  const status = String(statusByName[code ?? ''] ?? code)
  return /^[45]\d\d$/.test(status) ? Number(status) : undefined
}

/** A string with anything in it. */
export const asString = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 ? value : undefined

const asCode = (value: unknown): string | number | undefined =>
  typeof value === 'number' ? value : asString(value)
