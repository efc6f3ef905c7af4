import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { corsHeaders } from './http/cors.js'
import { fromChatStreamError } from './http/from-chat-stream-error.js'
import { readNodeRequest, sendNodeAnswer } from './http/node-handler.js'
import { errorAnswer, type RelayAnswer } from './http/relay-answer.js'
import { RelayError } from './http/relay-error.js'
import { toResponse } from './http/to-response.js'
import { createLimits } from './limits/create-limits.js'
import type { Call, RelayContext } from './relay-context.js'
import type { RelayOptions, RelayUser } from './relay-options.js'
import { complete } from './routes/complete.js'
import { listModels } from './routes/list-models.js'
import { resume, stop } from './routes/streams.js'
import { loadTracing, type Tracing } from './telemetry/trace-answer.js'
import { createUpstream } from './upstream/create-upstream.js'
import type { Answer } from './upstream/start-answer.js'
import { createRedactor } from './wire/redact.js'

export interface Relay {
  (request: Request): Promise<Response>
  /** The same for a server of `node:http`, and for frameworks that hand out its requests. Never rejects. */
  readonly node: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** How many answers are under way. */
  readonly running: () => number
  /**
   * Takes no new requests for answers, waits for those under way, and after `withinMs` milliseconds (default: 10 000)
   * ends what is left with an error in the stream. Closes the store, too.
   */
  readonly close: (options?: { readonly withinMs?: number }) => Promise<void>
}

/**
 * Your server between the browser and the provider: it has the key, knows who may ask, and speaks the provider's wire on
 * both sides. Its routes, below any path: `POST /chat/completions`, `GET /models`, `GET` and `DELETE /streams/{id}`.
 *
 * What fails is answered, or told in the stream, as `{ error: { message, type, code } }`.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { createMemoryStore, createRelay } from '@chatstream/relay'
 *
 * const relay = createRelay({
 *   apiKey: 'KEY',
 *   authorize: (request) => (request.headers.get('cookie')?.includes('session=') ? { id: 'me' } : null),
 *   store: createMemoryStore(),
 * })
 * createServer(relay.node).listen(8080)
 * ```
 */
export function createRelay<User extends RelayUser>(options: RelayOptions<User>): Relay {
  const redactor = createRedactor()
  const redact = createAddressRedactor(options, redactor.text)
  const running = new Set<Answer>()
  let isClosing = false
  let tracing: Tracing | undefined
  const tracingLoaded = loadTracing(options.provider ?? 'alltoken').then((loaded) => {
    tracing = loaded
  })
  const run = async (hook: () => unknown): Promise<void> => {
    try {
      await hook()
    } catch (error) {
      options.onError?.(error)
    }
  }
  const context: RelayContext<User> = {
    options,
    redactor,
    upstream: createUpstream(options, redactor),
    limits: createLimits<User>(options.limits, options.spending),
    explain: (error) => fromChatStreamError(error, { redact, keyOwner: options.keyOwner ?? 'relay' }),
    running,
    tracing: () => tracing,
    isClosing: () => isClosing,
    run,
  }

  const handle = async (call: Omit<Call<User>, 'user' | 'requestId'>): Promise<RelayAnswer> => {
    const requestId = randomUUID()
    let answer: RelayAnswer
    try {
      await tracingLoaded
      answer = await route({ ...call, requestId }, context)
    } catch (error) {
      const isOurs = error instanceof RelayError
      if (!isOurs) await run(() => Promise.reject(error))
      answer = errorAnswer(isOurs ? error : new RelayError(500, 'internal', 'This server failed.'))
    }
    const cors = corsHeaders(call.request, options.cors)
    return { ...answer, headers: { ...answer.headers, ...cors, 'x-request-id': requestId } }
  }

  const relay = async (request: Request): Promise<Response> => {
    const body = request.body as unknown as AsyncIterable<Uint8Array> | null
    return toResponse(await handle({ request, body, gone: request.signal }))
  }
  return Object.assign(relay, {
    async node(message: IncomingMessage, response: ServerResponse) {
      await run(async () => {
        const answer = await handle(readNodeRequest(message, response))
        await sendNodeAnswer(answer, message, response, options.stallMs ?? 60_000)
      })
    },
    running: () => running.size,
    async close({ withinMs = 10_000 } = {}) {
      isClosing = true
      let timer: NodeJS.Timeout | undefined
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, withinMs)
      })
      await Promise.race([Promise.all([...running].map(({ ended }) => ended)), late])
      clearTimeout(timer)
      for (const answer of running) answer.end('shut-down')
      await options.store?.close()
    },
  })
}

async function route<User extends RelayUser>(
  call: Omit<Call<User>, 'user'>,
  context: RelayContext<User>,
): Promise<RelayAnswer> {
  const { method } = call.request
  if (method === 'OPTIONS') return { status: 204, headers: {}, body: undefined }
  const { pathname } = new URL(call.request.url)
  const [, name = '', id = ''] =
    /\/(chat\/completions|models|streams(?=\/[^/]))(?:(?<=streams)\/([^/]+))?\/?$/.exec(pathname) ?? []
  const methods = { 'chat/completions': ['POST'], models: ['GET'], streams: ['GET', 'DELETE'] }[name]
  if (methods === undefined) throw new RelayError(404, 'not_found', 'There is nothing here.')
  if (!methods.includes(method)) {
    const { headers, ...refusal } = errorAnswer(new RelayError(405, 'method_not_allowed', 'Not this method.'))
    return { ...refusal, headers: { ...headers, allow: methods.join(', ') } }
  }
  const user = await context.options.authorize(call.request)
  if (user === null) throw new RelayError(401, 'unauthorized', 'You may not ask: sign in first.')
  await context.limits.checkRate(user)
  if (name === 'models') return listModels(context, call.gone)
  if (name === 'streams')
    return method === 'GET' ? resume(id, { ...call, user }, context) : stop(id, { ...call, user }, context)
  return complete({ ...call, user }, context)
}

/** Takes the addresses of the endpoints out of what a provider says, too. */
function createAddressRedactor(
  { baseURL = 'https://api.alltoken.ai/v1', fallbacks = [] }: Pick<RelayOptions, 'baseURL' | 'fallbacks'>,
  redact: (text: string) => string,
): (text: string) => string {
  const addresses = [baseURL, ...fallbacks.map((endpoint) => endpoint.baseURL)].flatMap((address) => {
    const { href, origin, host, hostname } = new URL(address)
    return [href, address, origin, host, hostname]
  })
  return (text) =>
    addresses.reduce((left, address) => left.replaceAll(address, '(provider)'), redact(text)).slice(0, 2000)
}
