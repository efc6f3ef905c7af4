/** Counts requests and says so in headers; it never refuses one. */
export type RateLimit = (
  apiKey: string,
) => Record<'x-ratelimit-limit' | 'x-ratelimit-remaining' | 'x-ratelimit-reset', string>

/** Creates a count of requests per key and minute. `x-ratelimit-reset` is in seconds since the epoch. */
export function createRateLimit(limit = 1000): RateLimit {
  const used = new Map<string, number>()
  let resetAt = 0
  return (apiKey) => {
    const now = Date.now()
    if (now >= resetAt) {
      used.clear()
      resetAt = now + 60_000
    }
    const count = (used.get(apiKey) ?? 0) + 1
    used.set(apiKey, count)
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - count)),
      'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    }
  }
}
