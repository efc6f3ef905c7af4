/** Why a request is refused, in the words of the wire. Nothing in it may come from an upstream unseen. */
export class RelayError extends Error {
  override readonly name = 'RelayError'
  readonly status: number
  readonly type: string
  readonly code: string | number
  /** When to ask again, in milliseconds from now. */
  readonly retryAfterMs: number | undefined

  constructor(
    status: number,
    code: string | number,
    message: string,
    details: { readonly type?: string | undefined; readonly retryAfterMs?: number | undefined } = {},
  ) {
    super(message)
    this.status = status
    this.code = code
    this.type = details.type ?? typeOf(status)
    this.retryAfterMs = details.retryAfterMs
  }
}

/** The error as a body, or as the data of an event. */
export const toEnvelope = ({ message, type, code }: RelayError): string =>
  JSON.stringify({ error: { message, type, code } })

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 404) return 'not_found_error'
  if (status === 429) return 'rate_limit_error'
  if (status >= 500) return 'upstream_error'
  return 'invalid_request_error'
}
