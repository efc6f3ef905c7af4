import type { MonoTypeOperatorFunction } from 'rxjs'
import { deferUntil } from '../defer.js'
import type { ChatEvent } from '../event/chat-event.js'
import type { KeyHolder } from './create-keyring.js'
import { recover } from './recover.js'

/**
 * Answers a 401 with one refresh of the key and one more attempt; a second 401 is told. Make one for each chain of
 * attempts: the chain may refresh once, however many requests it sends.
 */
export function authorize(holder: KeyHolder): MonoTypeOperatorFunction<ChatEvent> {
  let refreshed = false
  return (source) =>
    source.pipe(
      recover((error) => {
        if (error.status !== 401 || refreshed) return undefined
        refreshed = true
        return { retryInMs: 0, next$: deferUntil(holder.refresh, () => source) }
      }),
    )
}
