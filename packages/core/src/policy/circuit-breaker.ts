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
  /** Is the endpoint being left alone? */
  readonly isOpen: () => boolean
  /** Counts how the attempts at the endpoint end. */
  readonly watch: MonoTypeOperatorFunction<ChatEvent>
}

/** Remembers whether an endpoint keeps failing, so that new streams go to the others first. */
export function createCircuitBreaker({
  failures = 3,
  cooldownMs = 30_000,
}: CircuitBreakerLimits = {}): CircuitBreaker {
  let times = 0
  let last = 0
  return {
    isOpen: () => times >= failures && Date.now() - last < cooldownMs,
    watch: operatorOf((subscriber) => ({
      next(event) {
        if (isContent(event)) times = 0
        subscriber.next(event)
      },
      error(error) {
        if (isChatStreamError(error) && mayFailOver(error)) {
          times++
          last = Date.now()
        }
        subscriber.error(error)
      },
    })),
  }
}
