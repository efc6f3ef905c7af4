// Serves the built web app, and, as in production, a relay behind it; the provider behind that is a simulator.
import { join } from 'node:path'
import { startServer } from '@chatstream/relay-server'
import { startSimulator } from '@chatstream/simulator'
import { preview } from 'vite'
import { root } from './run.mjs'

/** Resolves to `{ url, close }`; the relay and the simulator take any free port, and so does the app if its own is taken. */
export async function startWeb({ port = 4173, ...speed } = {}) {
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
  const web = await preview({
    root: join(root, 'apps/react-chat'),
    logLevel: 'silent',
    preview: { host: '127.0.0.1', port },
  })
  return {
    url: web.resolvedUrls.local[0],
    async close() {
      // First the answers, or the proxy would wait for their ends.
      await simulator.close()
      await relay.close()
      await web.close()
    },
  }
}
