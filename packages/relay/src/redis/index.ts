/** The store for more than one instance. */
export { createRedisStore } from './create-redis-store.js'
export type { RedisClient, RedisStoreOptions } from './redis-store-options.js'
