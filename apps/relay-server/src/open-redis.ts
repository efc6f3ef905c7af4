import type { RateLimiter, RelayUser, Spending, StreamStore } from '@chatstream/relay'
import { createRedisSpending, createRedisStore } from '@chatstream/relay/redis'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import { createClient } from 'redis'
import type { Settings } from './read-settings.js'

export interface Shared {
  readonly store: StreamStore
  readonly limiter: (points: number) => RateLimiter
  readonly spending: (limit: string) => Spending<RelayUser>
  readonly isReady: () => boolean
  readonly close: () => void
}

/** What instances share: streams, and what counts for the limits. */
export async function openRedis(
  url: string,
  { RELAY_KEEP_SECONDS: ttlMs }: Pick<Settings, 'RELAY_KEEP_SECONDS'>,
  onError: (error: unknown) => void,
): Promise<Shared> {
  const client = createClient({ url })
  client.on('error', onError)
  await client.connect()
  return {
    store: createRedisStore({ client, ttlMs, onError }),
    limiter: (points) =>
      new RateLimiterRedis({
        storeClient: client,
        useRedisPackage: true,
        keyPrefix: 'chatstream:rate',
        points,
        duration: 60,
        // While Redis is away, each instance counts by itself.
        insuranceLimiter: new RateLimiterMemory({ points, duration: 60 }),
      }),
    spending: (limit) => createRedisSpending({ client, limit }),
    isReady: () => client.isReady,
    close: () => client.destroy(),
  }
}
