import { client } from '@chatstream/chat-kit'
import type { ChatClient } from '@chatstream/core'
import { defer, finalize, first, fromEvent, of, switchMap } from 'rxjs'
import { tellWaiting } from '../storage/open-turns.js'

/** Asks when there is a network: what is said offline waits, and can be stopped while it does. */
export const createPatientClient = (id: string): ChatClient => ({
  ...client,
  stream: (request, options) =>
    defer(() =>
      navigator.onLine ? of(undefined) : fromEvent(window, 'online').pipe(first(), finalize(tellWaiting(id))),
    ).pipe(switchMap(() => client.stream(request, options))),
})
