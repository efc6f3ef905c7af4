// The relay

export { createRelay, type Relay } from './create-relay.js'
export type { CorsOptions } from './http/cors.js'
export type { RelayOptions, RelayUser } from './relay-options.js'
export type { Outcome, RelayReport } from './upstream/relay-report.js'

// limits

export type { RateLimiter, RelayLimits } from './limits/create-limits.js'
export { createMemorySpending } from './limits/create-memory-spending.js'
export { addDecimals, isAtLeast } from './limits/decimal.js'
export type { Spending } from './limits/spending.js'

// stores

export type { ByteSource } from './store/byte-source.js'
export { createMemoryStore, type MemoryStoreOptions } from './store/create-memory-store.js'
export {
  type NewStream,
  type StoredStream,
  StreamLostError,
  type StreamStore,
  type StreamWriter,
} from './store/stream-store.js'
