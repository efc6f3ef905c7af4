import type { createClient } from 'redis'

/** A client of node-redis, as `createClient` makes it if it is not told otherwise. */
// biome-ignore lint/complexity/noBannedTypes: so it says that there are no modules, functions and scripts
export type RedisClient = ReturnType<typeof createClient<{}, {}, {}, 3, {}>>

export interface RedisStoreOptions {
  /** Connected, and with a listener for `error`. The store makes one more connection like it, for the reads that block. */
  readonly client: RedisClient
  /** How long a stream can be read after its end, in milliseconds. Default: 300 000. */
  readonly ttlMs?: number
  /** How often this instance says that it lives, in milliseconds; after three times as long it is dead. Default: 2000. */
  readonly heartbeatMs?: number
  /** What all keys begin with. Default: `chatstream:`. */
  readonly prefix?: string
  /** Redis failed; what it did not take is kept, and written later. */
  readonly onError?: (error: unknown) => void
}
