// Serves the built web chats, and, as in production, a relay behind them; the provider behind that is a simulator.
import { join } from 'node:path'
import { startServer } from '@chatstream/relay-server'
import { startSimulator } from '@chatstream/simulator'
import { preview } from 'vite'
import { root } from './run.mjs'

/**
 * Resolves to `{ urls, close }`, with an address for each of the apps; the relay and the simulator take any free port, and
 * so does an app if its own is taken: `port`, or one of those after it.
 */
export async function startWeb({ apps = ['react-chat'], port = 4173, ...speed } = {}) {
  const simulator = await startSimulator(speed)
  const relay = await startServer({
    HOST: '127.0.0.1',
    PORT: '0',
    METRICS_PORT: '0',
    LOG_LEVEL: 'silent',
    ALLTOKEN_BASE_URL: simulator.url,
    ALLTOKEN_API_KEY: 'simulated',
    RELAY_OPEN: '1',
    // The page shows every attempt: so it makes them, and is told what the provider says.
    RELAY_RETRY: '0',
    RELAY_KEY_OWNER: 'user',
    SHUTDOWN_SECONDS: '0',
  })
  process.env.CHATSTREAM_SERVER = new URL(relay.url).origin
  const servers = []
  for (const [index, app] of apps.entries()) {
    servers.push(
      await preview({
        root: join(root, 'apps', app),
        logLevel: 'silent',
        preview: { host: '127.0.0.1', port: port && port + index },
      }),
    )
  }
  return {
    urls: servers.map(({ resolvedUrls }) => resolvedUrls.local[0]),
    async close() {
      // First the answers, or the proxy would wait for their ends.
      await simulator.close()
      await relay.close()
      await Promise.all(servers.map((server) => server.close()))
    },
  }
}
