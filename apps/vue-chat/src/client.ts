import { client } from '@chatstream/chat-kit'
import type { ChatClient } from '@chatstream/core'
import { defer, first, fromEvent, of, switchMap } from 'rxjs'

/** Asks when there is a network: what is said offline waits, and can be stopped while it does. */
export const patientClient: ChatClient = {
  ...client,
  stream: (request, options) =>
    defer(() => (navigator.onLine ? of(undefined) : fromEvent(window, 'online').pipe(first()))).pipe(
      switchMap(() => client.stream(request, options)),
    ),
}
