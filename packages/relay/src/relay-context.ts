import type { ChatStreamError } from '@chatstream/core'
import type { RelayError } from './http/relay-error.js'
import type { Limits } from './limits/create-limits.js'
import type { RelayOptions, RelayUser } from './relay-options.js'
import type { Tracing } from './telemetry/trace-answer.js'
import type { Upstream } from './upstream/create-upstream.js'
import type { Answer } from './upstream/start-answer.js'
import type { Redactor } from './wire/redact.js'

/** One request to the relay, whichever server it came in by. */
export interface Call<User extends RelayUser = RelayUser> {
  /** Its method, address and headers; its body is not read from it. */
  readonly request: Request
  readonly body: AsyncIterable<Uint8Array> | null
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal
  readonly requestId: string
  readonly user: User
}

/** What all requests to one relay share. */
export interface RelayContext<User extends RelayUser = RelayUser> {
  readonly options: RelayOptions<User>
  readonly upstream: Upstream
  readonly redactor: Redactor
  readonly limits: Limits<User>
  readonly explain: (error: ChatStreamError) => RelayError
  /** The answers under way. */
  readonly running: Set<Answer>
  /** Nothing until it is loaded, or if it is not installed. */
  readonly tracing: () => Tracing | undefined
  readonly isClosing: () => boolean
  /** Calls a hook: what it throws must not reach a client. */
  readonly run: (hook: () => unknown) => Promise<void>
}
