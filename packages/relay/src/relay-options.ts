import type { ChatClientOptions } from '@chatstream/core'
import type { CorsOptions } from './http/cors.js'
import type { RelayLimits } from './limits/create-limits.js'
import type { Spending } from './limits/spending.js'
import type { StreamStore } from './store/stream-store.js'
import type { RelayReport } from './upstream/relay-report.js'

/** Who asks. */
export interface RelayUser {
  /** Limits are counted by it, and streams belong to it. */
  readonly id: string
}

/**
 * The options of a client of `@chatstream/core` (where to ask, with which key, how often), and what the relay adds.
 * Times are in milliseconds, sizes in bytes.
 */
export interface RelayOptions<User extends RelayUser = RelayUser> extends ChatClientOptions {
  /** Who is it that asks? Nobody, `null`, is answered 401. What it throws is answered 500. */
  readonly authorize: (request: Request) => User | null | Promise<User | null>
  /** The models that may be asked for. Default: all that the provider has. */
  readonly models?: readonly string[]
  readonly limits?: RelayLimits
  /** What each user may spend in all. */
  readonly spending?: Spending<User>
  /** Which pages of other origins may ask. Default: none. */
  readonly cors?: CorsOptions
  /** Keeps streams so that they can be resumed. Without it, who leaves ends the answer. */
  readonly store?: StreamStore
  /** How long an answer that can be resumed lives on when nobody reads it. Default: 60 000. */
  readonly graceMs?: number
  /** After how much silence a comment keeps the line alive; `Infinity` for never. Default: 15 000. */
  readonly heartbeatMs?: number
  /** How long the status waits for the answer to begin. What fails later is told in the stream. Default: 10 000. */
  readonly openAfterMs?: number
  /** The largest request. Default: 4 MiB. */
  readonly maxBodyBytes?: number
  /** How long a request may take to arrive. Default: 30 000. */
  readonly bodyTimeoutMs?: number
  /** Who takes nothing for so long counts as gone. Default: 60 000. */
  readonly stallMs?: number
  /** The largest answer that is kept for resuming, or comes whole. Default: 64 MiB. */
  readonly maxAnswerBytes?: number
  /** Whose the key is. If it is the user's own, a refused one is told as 401, else as 502. Default: `relay`. */
  readonly keyOwner?: 'relay' | 'user'
  /** What spans call the provider: `gen_ai.provider.name`. Default: `alltoken`. */
  readonly provider?: string
  /** An answer is over. What it throws, or rejects with, goes to `onError`. */
  readonly onFinish?: (report: RelayReport, user: User) => void | Promise<void>
  /** Something failed that no client is told of: a hook, a store. Default: it is dropped. */
  readonly onError?: (error: unknown) => void
}
