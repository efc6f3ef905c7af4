import type { MonoTypeOperatorFunction, Observable } from 'rxjs'
import type { ChatStreamError } from '../errors/chat-stream-error.js'
import type { ChatEvent } from '../event/chat-event.js'
import { recover } from './recover.js'

/** May another provider do better? One that has its own limits and its own servers, yes; a wrong request stays wrong. */
export const mayFailOver = (error: ChatStreamError): boolean => error.retryable || error.kind === 'rate-limit'

/** Goes on with the next endpoint when this one has failed for good. */
export const failover = (
  next$: Observable<ChatEvent>,
  options?: { readonly restart?: boolean | undefined },
): MonoTypeOperatorFunction<ChatEvent> =>
  recover((error) => (mayFailOver(error) ? { retryInMs: 0, next$ } : undefined), options)
