import type { MonoTypeOperatorFunction } from 'rxjs'
import { isChatStreamError } from '../errors/chat-stream-error.js'
import { type ChatEvent, isContent } from '../event/chat-event.js'
import { operatorOf } from '../operator-of.js'
import { mayFailOver } from './failover.js'

export interface CircuitBreakerLimits {
  /** How many failures in a row, over all streams of the client. Default: 3. */
  readonly failures?: number
  /** How long the endpoint is left alone then, in milliseconds. Default: 30 000. */
  readonly cooldownMs?: number
}

export interface CircuitBreaker {
  /** Those that are not being left alone; all of them if that were none. */
  readonly usable: <E extends { readonly baseURL: string }>(endpoints: readonly E[]) => readonly E[]
  /** Counts how the attempts at this endpoint end. */
  readonly watch: (baseURL: string) => MonoTypeOperatorFunction<ChatEvent>
}

/** Remembers which endpoints keep failing, so that new streams go to the others first. */
export function createCircuitBreaker(limits: CircuitBreakerLimits = {}): CircuitBreaker {
  const { failures = 3, cooldownMs = 30_000 } = limits
  const failed = new Map<string, { readonly times: number; readonly last: number }>()

  return {
    usable(endpoints) {
      const closed = endpoints.filter(({ baseURL }) => {
        const { times = 0, last = 0 } = failed.get(baseURL) ?? {}
        return times < failures || Date.now() - last >= cooldownMs
      })
      return closed.length > 0 ? closed : endpoints
    },
    watch: (baseURL) =>
      operatorOf((subscriber) => ({
        next(event) {
          if (failed.size > 0 && isContent(event)) failed.delete(baseURL)
          subscriber.next(event)
        },
        error(error) {
          if (isChatStreamError(error) && mayFailOver(error)) {
            const times = (failed.get(baseURL)?.times ?? 0) + 1
            failed.set(baseURL, { times, last: Date.now() })
          }
          subscriber.error(error)
        },
      })),
  }
}
