/** A request that is answered with an HTTP error, in the shape `{"error":{"message","type","code"}}`. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>

  constructor(status: number, message?: string, headers: Readonly<Record<string, string | undefined>> = {}) {
    super(message ?? errorKind(status).message)
    this.status = status
    this.headers = headers
  }
}

/** The `error` object that AllToken sends for a code, as the body of an HTTP error or as an event. */
export function errorObject(code: number, message?: string): ErrorObject {
  const kind = errorKind(code)
  return { message: message ?? kind.message, type: kind.type, code }
}

/** What stands under `error`. */
export interface ErrorObject {
  readonly message: string
  readonly type: string
  readonly code: number
}

function errorKind(code: number): { type: string; message: string } {
  const [type, message] =
    errorKinds[code] ??
    (code >= 500 ? ['server_error', 'Server error'] : ['invalid_request_error', 'Bad request'])
  return { type, message }
}

const errorKinds: Readonly<Record<number, readonly [type: string, message: string]>> = {
  401: ['authentication_error', 'API key invalid or expired'],
  403: ['permission_error', 'Not allowed'],
  404: ['not_found_error', 'Not found'],
  408: ['timeout_error', 'Request timed out'],
  409: ['conflict_error', 'Conflict'],
  413: ['request_too_large', 'Request too large'],
  425: ['too_early', 'Too early'],
  429: ['rate_limit_error', 'Rate limit exceeded'],
  502: ['upstream_error', 'Upstream provider error'],
  503: ['upstream_error', 'Upstream provider unavailable'],
  529: ['overloaded_error', 'Overloaded'],
}
