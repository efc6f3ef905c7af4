import { identity, type MonoTypeOperatorFunction, type Observable } from 'rxjs'
import { defer } from './defer.js'
import { type ChatStreamError, defined } from './errors/chat-stream-error.js'
import type { ChatEvent } from './event/chat-event.js'
import type { ChatRequest } from './http/chat-request.js'
import { presentDemand } from './http/demand.js'
import type { Fetch } from './http/fetch-response.js'
import { type Endpoint, type ToRequest, toHttpRequest } from './http/http-request.js'
import { untilAborted } from './http/until-aborted.js'
import { attachPartial } from './message/attach-partial.js'
import { authorize } from './policy/authorize.js'
import {
  type CircuitBreaker,
  type CircuitBreakerLimits,
  createCircuitBreaker,
} from './policy/circuit-breaker.js'
import { createKeyring, type RefreshApiKey } from './policy/create-keyring.js'
import { deadline } from './policy/deadline.js'
import { failover } from './policy/failover.js'
import { type RetryLimits, retry } from './policy/retry.js'
import type { Resumable, ResumableMethods } from './resumable.js'
import { type ChatTimeouts, streamChat } from './stream-chat.js'

export interface ChatClientOptions extends Omit<Endpoint, 'baseURL'> {
  /** Default: `https://api.alltoken.ai/v1`. */
  readonly baseURL?: string
  /** Called once when the key is refused (401); the request is sent again with the key that it returns. */
  readonly refreshApiKey?: RefreshApiKey
  /** Where to go, in this order, when the endpoint fails: 5xx, no connection, or a rate limit that outlasts the retries. */
  readonly fallbacks?: readonly Endpoint[]
  /** Limits for sending a request again; `false` for never; or an operator of your own in place of ours. */
  readonly retry?: RetryLimits | false | MonoTypeOperatorFunction<ChatEvent>
  /** When to leave a failing endpoint alone for a while, if there is another; `false` for never. */
  readonly circuitBreaker?: CircuitBreakerLimits | false
  /** For servers that keep the streams they send: see `resumable`. Default: nothing is resumed. */
  readonly resumable?: Resumable
  readonly timeouts?: ChatTimeouts
  /** The largest event that is accepted, in bytes. Default: 1 MiB. */
  readonly maxEventBytes?: number
  /** In place of the runtime's own. */
  readonly fetch?: Fetch
}

/** `resume` and `stop` are there if it was made with `resumable`. */
export interface ChatClient extends Partial<ResumableMethods> {
  /**
   * One answer, as it comes. Cold: one subscription, one chain of attempts; unsubscribing, or the signal, closes the
   * connection. Completes after the cost, or when the signal aborts; errors with a `ChatStreamError`.
   */
  readonly stream: (
    request: ChatRequest,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => Observable<ChatEvent>
}

/**
 * A client for one OpenAI-compatible service, AllToken by default, and those that stand in for it.
 *
 * @example
 * ```ts
 * import { createChatClient } from '@chatstream/core'
 *
 * const client = createChatClient({ apiKey: 'KEY' })
 * client
 *   .stream({ model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] })
 *   .subscribe((event) => {
 *     if (event.type === 'text-delta') console.log(event.text)
 *     if (event.type === 'cost') console.log(event.cost)
 *   })
 * ```
 */
export function createChatClient(options: ChatClientOptions = {}): ChatClient {
  const { fallbacks = [], circuitBreaker, resumable, timeouts: { totalMs } = {} } = options
  const primary: Endpoint = { baseURL: 'https://api.alltoken.ai/v1', ...defined(options) }
  const keyring = createKeyring(options.apiKey, options.refreshApiKey)
  const all = [primary, ...fallbacks]
  const breakers = new Map<Endpoint, CircuitBreaker>()
  // Who has one endpoint only has nowhere else to go.
  if (circuitBreaker !== false && fallbacks.length > 0)
    for (const endpoint of all) breakers.set(endpoint, createCircuitBreaker(circuitBreaker))
  // A function and `false` have none.
  const { restart } = (options.retry ?? {}) as RetryLimits
  // Looked up at each request, so that a patched global, as in tests and tracing, is the one that is used.
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))

  /** One chain of attempts: at each endpoint in turn, with one refresh of the key at most. */
  const attempts = (toRequest: ToRequest, endpoints: readonly Endpoint[]): Observable<ChatEvent> => {
    let count = 0
    const demand = presentDemand()
    const holder = keyring.createHolder()
    const closed = endpoints.filter((endpoint) => !breakers.get(endpoint)?.isOpen())
    const usable = closed.length > 0 ? closed : endpoints

    // From the last to the first, so that each knows which one stands by.
    const chain$ = usable.reduceRight<Observable<ChatEvent> | undefined>((next$, endpoint) => {
      const isPrimary = endpoint === primary
      const attempt$ = defer(() =>
        streamChat(toRequest, {
          ...options,
          endpoint: isPrimary ? { ...endpoint, apiKey: holder.apiKey } : endpoint,
          attempt: ++count,
          fetch,
          demand,
        }),
      )
      return attempt$.pipe(
        breakers.get(endpoint)?.watch ?? identity,
        isPrimary && keyring.canRefresh ? authorize(holder) : identity,
        retryPolicy(options.retry, next$ !== undefined),
        next$ === undefined ? identity : failover(next$, { restart }),
      )
    }, undefined)
    return chain$ as Observable<ChatEvent> // one endpoint there is
  }

  const answer = (
    toRequest: ToRequest,
    signal: AbortSignal | undefined,
    endpoints: readonly Endpoint[] = [primary],
  ): Observable<ChatEvent> =>
    defer(() => attempts(toRequest, endpoints)).pipe(
      totalMs === undefined ? identity : deadline(totalMs),
      attachPartial(),
      signal === undefined ? identity : untilAborted(signal),
    )

  return {
    stream: (request, { signal } = {}) => answer((endpoint) => toHttpRequest(request, endpoint), signal, all),
    ...resumable?.methods({ endpoint: primary, keyring, fetch, answer }),
  }
}

function retryPolicy(
  option: ChatClientOptions['retry'],
  hasNext: boolean,
): MonoTypeOperatorFunction<ChatEvent> {
  if (typeof option === 'function') return option
  return option === false ? identity : retry(option, hasNext ? isBusy : undefined)
}

/** Where another endpoint stands by, only a busy one is worth the wait; one that is down is not. */
const isBusy = (error: ChatStreamError): boolean => error.kind === 'rate-limit' || error.kind === 'http'
