import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type ChatClientOptions,
  type ChatEvent,
  type ChatRequest,
  createChatClient,
  type Demand,
  type Fetch,
  resumable,
  type ServerSentEvent,
  withDemand,
} from '@chatstream/core'
import { identity, type MonoTypeOperatorFunction, Observable } from 'rxjs'
import type { Redactor } from '../wire/redact.js'

/** Stands between core and the network, for one answer. */
interface Interceptor {
  /** Is there room for more of the answer? */
  readonly demand?: Demand
  readonly request?: (init: RequestInit) => RequestInit
  readonly response: (response: Response) => Response | Promise<Response>
  /** What was read of the response, on its way through core. */
  readonly events?: MonoTypeOperatorFunction<ServerSentEvent>
}

/** Asks the endpoints for an answer, with the interceptor in between. Cold, like core's own. */
export type Upstream = (request: ChatRequest, interceptor: Interceptor) => Observable<ChatEvent>

/**
 * One client of core for all answers, so that they share the refreshed key and the circuit breaker. Which answer a fetch
 * belongs to is known from its asynchronous context: core's `fetch` is the client's, not the request's.
 */
export function createUpstream(options: ChatClientOptions, redactor: Redactor): Upstream {
  const current = new AsyncLocalStorage<Interceptor>()
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))
  const { retry } = options
  const client = createChatClient({
    ...options,
    // The cost is money here: who has it to come is waited for longer than in a page.
    timeouts: { drainMs: 5000, ...options.timeouts },
    // An answer that has begun cannot be taken back.
    ...(typeof retry === 'object' && { retry: { ...retry, restart: false } }),
    async fetch(url, init) {
      const interceptor = current.getStore()
      noteSecrets(init.headers, redactor)
      if (interceptor === undefined) return fetch(url, init)
      return interceptor.response(await fetch(url, interceptor.request?.(init) ?? init))
    },
    // Where events can be seen between two stages of core. Who wants to reconnect upstream as well, can.
    resumable: {
      ...(options.resumable ?? resumable()),
      reconnect(...response) {
        const goOn = options.resumable?.reconnect(...response) ?? identity
        const events = current.getStore()?.events ?? identity
        return (source) => events(goOn(source))
      },
    },
  })
  return (request, interceptor) =>
    new Observable((subscriber) =>
      current.run(interceptor, () =>
        withDemand(interceptor.demand ?? always, () => client.stream(request).subscribe(subscriber)),
      ),
    )
}

const always: Demand = () => undefined

const harmless = new Set(['accept', 'content-type', 'user-agent'])

/** Whatever is sent to the upstream in a header may be a secret. */
export function noteSecrets(headers: RequestInit['headers'], redactor: Redactor): void {
  for (const [name, value] of headers instanceof Headers ? headers : new Headers(headers)) {
    if (!harmless.has(name)) redactor.add(value.replace(/^(Bearer|Basic) /i, ''))
  }
}
