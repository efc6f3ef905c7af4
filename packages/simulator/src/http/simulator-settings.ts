import type { FaultDesk } from '../faults/create-fault-desk.js'
import type { JournalWriter } from '../journal/create-journal.js'
import type { RateLimit } from './create-rate-limit.js'

/** What all requests of one simulator share. */
export interface SimulatorSettings {
  readonly apiKeys: readonly string[] | undefined
  readonly faultDesk: FaultDesk
  readonly firstTokenMs: number | 'natural'
  readonly jitter: number
  readonly journal: JournalWriter
  readonly maxBodyBytes: number
  readonly rateLimit: RateLimit
  readonly tokensPerSecond: number | 'natural'
  /** Makes what sets one request apart from the others; the same for the same seed and order of requests. */
  nextRequest(): RequestIdentity
}

/** What sets one request apart from the others. */
export interface RequestIdentity {
  /** The value of `x-request-id`. */
  readonly id: string
  /** The seed of all that is random in the answer. */
  readonly seed: string
  /** Seconds since the epoch. */
  readonly created: number
}
