export interface CorsOptions {
  /** Origins such as `https://chat.example`, `*` for all of them, or a function that knows. */
  readonly origins: '*' | readonly string[] | ((origin: string) => boolean)
  /** May pages send cookies? Not with `*`. Default: false. */
  readonly credentials?: boolean
  /** How long a browser need not ask again, in milliseconds. Default: 600 000. */
  readonly maxAgeMs?: number
}

const exposed = 'x-stream-id, x-request-id, retry-after, retry-after-ms'

/**
 * The headers that let a page of another origin read the answer; none for a page that may not.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function corsHeaders(request: Request, options: CorsOptions | undefined): Record<string, string> {
  if (options === undefined) return {}
  const { origins, credentials = false, maxAgeMs = 600_000 } = options
  const origin = request.headers.get('origin')
  if (origin === null || !isAllowed(origin, origins)) return { vary: 'origin' }
  const isPublic = origins === '*'
  const headers: Record<string, string> = {
    'access-control-allow-origin': isPublic ? '*' : origin,
    'access-control-expose-headers': exposed,
    ...(!isPublic && { vary: 'origin' }),
    ...(!isPublic && credentials && { 'access-control-allow-credentials': 'true' }),
  }
  if (request.method !== 'OPTIONS') return headers
  return {
    ...headers,
    'access-control-allow-methods': 'GET, POST, DELETE',
    // Clients have headers of their own: `x-stainless-…`, for one.
    'access-control-allow-headers':
      request.headers.get('access-control-request-headers') ?? 'authorization, content-type, last-event-id',
    'access-control-max-age': String(Math.floor(maxAgeMs / 1000)),
  }
}

function isAllowed(origin: string, origins: CorsOptions['origins']): boolean {
  if (origins === '*') return true
  return typeof origins === 'function' ? origins(origin) : origins.includes(origin)
}
