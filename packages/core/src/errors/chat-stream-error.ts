/**
 * What went wrong, in ten words that a program can switch on.
 *
 * - `http`: the request was refused (400, 403, 404, 408, 409, 413, 422, …)
 * - `authentication`: the key is invalid or expired (401)
 * - `rate-limit`: too many requests, or a quota is used up (429)
 * - `upstream`: the provider failed (5xx, or an error inside the stream that names no better reason)
 * - `network`: no connection, or it broke before the answer was whole
 * - `timeout`: one of the configured clocks ran out
 * - `truncated`: the body ended cleanly, but without a finish reason and without `[DONE]`
 * - `malformed`: what arrived is not this protocol: broken JSON, an HTML page
 * - `too-large`: one event is larger than the limit
 * - `unsupported`: this runtime, or these options, cannot make such a request
 */
export type ChatStreamErrorKind =
  | 'http'
  | 'authentication'
  | 'rate-limit'
  | 'upstream'
  | 'network'
  | 'timeout'
  | 'truncated'
  | 'malformed'
  | 'too-large'
  | 'unsupported'

/** Everything that is known of a failure besides its message; what is not known is left out. */
export interface ChatStreamErrorDetails {
  /** HTTP status, or the one that an error inside the stream stands for. */
  readonly status?: number | undefined
  /** The provider's own code, as it was sent. */
  readonly code?: string | number | undefined
  /** The provider's own type, such as `rate_limit_error`. */
  readonly type?: string | undefined
  /** The `x-request-id` of the response: what the provider's support will ask for. */
  readonly requestId?: string | undefined
  /** `content-type` of the response. */
  readonly contentType?: string | undefined
  /** The first 2 kB of the response's body. */
  readonly body?: string | undefined
  /** The frame, or the parsed object, that could not be used: kept as it came. */
  readonly raw?: unknown
  /** Would the same request have a chance later, or elsewhere? */
  readonly retryable?: boolean | undefined
  /** When the server will take the request again: milliseconds since the epoch, as `Date.now()`. */
  readonly retryAt?: number | undefined
  /** What had arrived of the answer, a `Message` in fact; nothing if nothing had. */
  readonly partial?: PartialMessage | undefined
  readonly cause?: unknown
}

/** As much of a `Message` as an error needs to know. */
export interface PartialMessage {
  readonly parts: readonly { readonly type: string; readonly text?: string }[]
}

/**
 * The one error of this library. Its `kind` says what went wrong, `retryable` whether trying again makes sense, and
 * `partial` what had already arrived.
 *
 * @example
 * ```ts
 * import { isChatStreamError } from '@chatstream/core'
 *
 * const explain = (error: unknown) =>
 *   isChatStreamError(error) && error.kind === 'rate-limit' ? `Try again at ${error.retryAt}` : String(error)
 * ```
 */
export class ChatStreamError extends Error {
  override readonly name = 'ChatStreamError'
  // Declared alone: what is not known is not there.
  declare readonly kind: ChatStreamErrorKind
  declare readonly status: number | undefined
  declare readonly code: string | number | undefined
  declare readonly type: string | undefined
  declare readonly requestId: string | undefined
  declare readonly contentType: string | undefined
  declare readonly body: string | undefined
  declare readonly raw: unknown
  declare readonly retryable: boolean
  declare readonly retryAt: number | undefined
  declare readonly partial: PartialMessage | undefined

  constructor(kind: ChatStreamErrorKind, message: string, details: ChatStreamErrorDetails = {}) {
    const known = defined(details)
    super(message, known) // which takes the cause from it
    Object.assign(this, { retryable: false, ...known, kind })
  }

  /** What a log or a stored message keeps: plain data, without the partial answer and the cause. */
  toJSON(): ChatStreamErrorData {
    const { kind, message, status, code, type, requestId, retryable, retryAt } = this
    const fields = { kind, message, status, code, type, requestId, retryable, retryAt }
    return defined(fields) as ChatStreamErrorData
  }
}

/** A `ChatStreamError` as plain data. */
export interface ChatStreamErrorData
  extends Pick<ChatStreamErrorDetails, 'status' | 'code' | 'type' | 'requestId' | 'retryAt'> {
  readonly kind: ChatStreamErrorKind
  readonly message: string
  readonly retryable: boolean
}

/** What is there of these fields. */
export const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

/**
 * Is this one of ours? Works across two copies of the package, where `instanceof` does not.
 *
 * @example
 * ```ts
 * import { isChatStreamError } from '@chatstream/core'
 *
 * const mayTryAgain = (error: unknown) => isChatStreamError(error) && error.retryable
 * ```
 */
export const isChatStreamError = (value: unknown): value is ChatStreamError =>
  value instanceof Error && value.name === 'ChatStreamError'

/** The same error, with what is known besides filled in where it knows nothing itself. */
export function withDetails(error: ChatStreamError, details: ChatStreamErrorDetails): ChatStreamError {
  const { kind, message, cause, stack } = error
  return Object.assign(new ChatStreamError(kind, message, { ...details, cause }), error, { stack })
}
