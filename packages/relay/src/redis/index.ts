/** What more than one instance share. */
export { createRedisSpending } from './create-redis-spending.js'
export { createRedisStore } from './create-redis-store.js'
export type { RedisClient, RedisStoreOptions } from './redis-store-options.js'
