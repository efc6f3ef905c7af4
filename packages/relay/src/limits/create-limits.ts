import { RateLimiterMemory } from 'rate-limiter-flexible'
import { RelayError } from '../http/relay-error.js'
import { isAtLeast } from './decimal.js'
import type { Spending } from './spending.js'

/** A limiter of `rate-limiter-flexible`, of which there are some for Redis and for databases. */
export interface RateLimiter {
  /** Rejects with what is known of the limit if it is used up, with an `Error` if it cannot be asked. */
  readonly consume: (key: string) => Promise<unknown>
}

export interface RelayLimits {
  /** Answers that one user may have under way at this instance. Default: 20. */
  readonly concurrentPerUser?: number
  /** Answers that all users together may have under way at this instance. Default: 2000. */
  readonly concurrent?: number
  /** How often one user may ask; or a limiter of your own, which instances may share. Default: as often as they like. */
  readonly rate?: { readonly points: number; readonly durationMs: number } | RateLimiter
}

export interface Limits<User> {
  /** Every request counts. Throws a `RelayError` with status 429 if there were too many. */
  readonly checkRate: (user: User) => Promise<void>
  /** Throws a `RelayError` if this user may not have one more answer now; else returns what ends it. */
  readonly enter: (user: User) => Promise<() => void>
}

export function createLimits<User extends { readonly id: string }>(
  { concurrentPerUser = 20, concurrent = 2000, rate }: RelayLimits = {},
  spending?: Spending<User>,
): Limits<User> {
  const underWay = new Map<string, number>()
  let all = 0
  const limiter = rate === undefined || 'consume' in rate ? rate : createLimiter(rate)

  return {
    async checkRate({ id }) {
      try {
        await limiter?.consume(id)
      } catch (reason) {
        if (reason instanceof Error) throw new RelayError(503, 'limits_unavailable', 'Try again later.')
        const { msBeforeNext = 1000 } = (reason ?? {}) as { readonly msBeforeNext?: number }
        throw new RelayError(429, 'rate_limit_exceeded', 'Too many requests: try again later.', {
          retryAfterMs: msBeforeNext,
        })
      }
    },
    async enter(user) {
      const limit = await spending?.limitOf(user)
      if (spending !== undefined && limit !== undefined && isAtLeast(await spending.spentBy(user), limit)) {
        throw new RelayError(429, 'insufficient_quota', 'You have spent all that you may spend.')
      }
      const own = underWay.get(user.id) ?? 0
      if (own >= concurrentPerUser) {
        throw new RelayError(429, 'too_many_streams', `You may have ${concurrentPerUser} answers at once.`, {
          retryAfterMs: 1000,
        })
      }
      if (all >= concurrent) {
        throw new RelayError(503, 'overloaded', 'This server has too many answers under way.', {
          retryAfterMs: 1000,
        })
      }
      all++
      underWay.set(user.id, own + 1)
      let hasLeft = false
      return () => {
        if (hasLeft) return
        hasLeft = true
        all--
        const left = (underWay.get(user.id) ?? 1) - 1
        if (left === 0) underWay.delete(user.id)
        else underWay.set(user.id, left)
      }
    },
  }
}

const createLimiter = ({
  points,
  durationMs,
}: {
  readonly points: number
  readonly durationMs: number
}): RateLimiter => new RateLimiterMemory({ points, duration: durationMs / 1000 })
