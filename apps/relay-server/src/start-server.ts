import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createMemorySpending, createMemoryStore, createRelay } from '@chatstream/relay'
import { type Logger, pino } from 'pino'
import { createAuthorize } from './create-authorize.js'
import { createMetrics } from './create-metrics.js'
import { logReport } from './log-report.js'
import { openRedis } from './open-redis.js'
import { readSettings, type Settings } from './read-settings.js'

export interface RelayServer {
  /** What goes into `baseURL`. */
  readonly url: string
  readonly metricsUrl: string
  /** Lets answers end, for as long as the settings say; then ends what is left. */
  readonly close: () => Promise<void>
}

/** Starts the server that these settings, by the names of the environment, ask for. */
export async function startServer(
  environment: NodeJS.ProcessEnv,
  destination?: { write(line: string): void },
): Promise<RelayServer> {
  const settings = readSettings(environment)
  const logger = pino({ level: settings.LOG_LEVEL }, destination ?? pino.destination(1))
  const { options, close: closeShared, isReady } = await readOptions(settings, logger)
  const relay = createRelay({
    ...options,
    onError: (error) => logger.error({ error: nameOf(error) }, 'failure'),
    onFinish(report, user) {
      metrics.note(report)
      logReport(logger, report, user)
    },
  })
  const metrics = createMetrics(settings.RELAY_MODELS, relay.running)
  let isClosing = false

  const server = await listen(settings.PORT, settings.HOST, (request, response) => {
    if (request.url !== '/healthz') return void relay.node(request, response)
    // Who balances the load is to send nothing more to a server that is closing.
    response.writeHead(isClosing ? 503 : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status: isClosing ? 'closing' : 'ok', redis: isReady?.() }))
  })
  // A request head that does not come, and a connection that asks nothing.
  server.headersTimeout = 20_000
  server.keepAliveTimeout = 75_000
  const metricsServer = await listen(settings.METRICS_PORT, settings.HOST, async (_request, response) => {
    response.writeHead(200, { 'content-type': metrics.registry.contentType })
    response.end(await metrics.registry.metrics())
  })
  const url = addressOf(server, settings.HOST)
  logger.info({ url, redis: isReady !== undefined, resume: settings.RELAY_RESUME }, 'listening')

  return {
    url: `${url}/v1`,
    metricsUrl: `${addressOf(metricsServer, settings.HOST)}/metrics`,
    async close() {
      isClosing = true
      logger.info({ running: relay.running() }, 'closing')
      server.close()
      await relay.close({ withinMs: settings.SHUTDOWN_SECONDS })
      closeShared()
      metricsServer.close()
      // The last words are on their way; who keeps a connection without asking is not waited for.
      server.closeIdleConnections()
      setTimeout(() => {
        server.closeAllConnections()
        metricsServer.closeAllConnections()
      }, 500).unref()
      logger.info('closed')
    },
  }
}

async function readOptions(settings: Settings, logger: Logger) {
  const {
    REDIS_URL,
    FALLBACK_BASE_URL,
    RELAY_REQUESTS_PER_MINUTE: points,
    RELAY_SPENDING_LIMIT: limit,
  } = settings
  const onError = (error: unknown): void => logger.error({ error: nameOf(error) }, 'redis')
  const shared = REDIS_URL === undefined ? undefined : await openRedis(REDIS_URL, settings, onError)
  const store = shared?.store ?? createMemoryStore({ ttlMs: settings.RELAY_KEEP_SECONDS })
  const spending =
    limit === undefined ? undefined : (shared?.spending(limit) ?? createMemorySpending({ limit }))
  const rate = points === undefined ? undefined : (shared?.limiter(points) ?? { points, durationMs: 60_000 })
  const options = {
    baseURL: settings.ALLTOKEN_BASE_URL,
    apiKey: settings.ALLTOKEN_API_KEY,
    keyOwner: settings.RELAY_KEY_OWNER,
    graceMs: settings.RELAY_GRACE_SECONDS,
    authorize: createAuthorize(settings),
    limits: {
      concurrentPerUser: settings.RELAY_CONCURRENT_PER_USER,
      concurrent: settings.RELAY_CONCURRENT,
      ...(rate && { rate }),
    },
    ...(!settings.RELAY_RETRY && { retry: false as const }),
    ...(settings.RELAY_RESUME && { store }),
    ...(spending && { spending }),
    ...(settings.RELAY_MODELS && { models: settings.RELAY_MODELS }),
    ...(settings.RELAY_ORIGINS && { cors: { origins: settings.RELAY_ORIGINS } }),
    ...(FALLBACK_BASE_URL && {
      fallbacks: [
        { baseURL: FALLBACK_BASE_URL, apiKey: settings.FALLBACK_API_KEY, model: settings.FALLBACK_MODEL },
      ],
    }),
  }
  return { options, isReady: shared?.isReady, close: () => shared?.close() }
}

/** What an error says may hold an address, or a key: its name and code do not. */
const nameOf = (error: unknown): object | string =>
  error instanceof Error ? { name: error.name, code: (error as NodeJS.ErrnoException).code } : typeof error

async function listen(port: number, host: string, listener: RequestListener): Promise<Server> {
  const server = createServer(listener)
  server.listen(port, host)
  await once(server, 'listening')
  return server
}

const addressOf = (server: Server, host: string): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`
