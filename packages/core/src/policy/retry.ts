import type { MonoTypeOperatorFunction, Observable } from 'rxjs'
import { MAX_TIMER_MS } from '../after.js'
import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { recover } from './recover.js'

/** When to give up. Times are in milliseconds. */
export interface RetryLimits {
  /** Attempts at one endpoint, the first included. Default: 3. */
  readonly maxAttempts?: number
  /** The longest first wait; it doubles with each attempt. Default: 500. */
  readonly baseDelayMs?: number
  /** The longest single wait. If the server wishes for a longer one, that fails at once, and `retryAt` says when. Default: 60 000. */
  readonly maxDelayMs?: number
  /** All waits together. Default: 120 000. */
  readonly maxTotalMs?: number
  /** Also send again what failed in mid-answer: the text starts anew, after an `answer-reset`. Default: false. */
  readonly restart?: boolean
}

/**
 * Sends a failed request again, after the wait that the server asked for, or else a random part of an exponentially
 * growing one ("full jitter").
 *
 * @param shouldRetry which errors are worth it; by default those that are `retryable`.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const retry =
  (
    limits: RetryLimits = {},
    shouldRetry: (error: ChatStreamError) => boolean = () => true,
  ): MonoTypeOperatorFunction<ChatEvent> =>
  (source) => {
    const { maxAttempts = 3, baseDelayMs = 500, maxDelayMs = 60_000, maxTotalMs = 120_000, restart } = limits

    const attemptFrom = (attempt: number, waitedMs: number): Observable<ChatEvent> =>
      source.pipe(
        recover(
          (error) => {
            const delayMs =
              error.retryAt === undefined
                ? Math.random() * Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1))
                : error.retryAt - Date.now()
            const retryInMs = Math.max(0, Math.round(delayMs))
            const exhausted =
              attempt >= maxAttempts ||
              retryInMs > Math.min(maxDelayMs, MAX_TIMER_MS) ||
              waitedMs + retryInMs > maxTotalMs
            if (exhausted || !error.retryable || !shouldRetry(error)) return undefined
            return { retryInMs, next$: attemptFrom(attempt + 1, waitedMs + retryInMs) }
          },
          { restart },
        ),
      )

    return attemptFrom(1, 0)
  }
