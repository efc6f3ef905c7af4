// Serves the built web app, and a simulator behind it.
import { join } from 'node:path'
import { startSimulator } from '@chatstream/simulator'
import { preview } from 'vite'
import { root } from './run.mjs'

/** Resolves to `{ url, close }`; the simulator takes any free port, and so does the app if its own is taken. */
export async function startWeb({ port = 4173, ...speed } = {}) {
  const simulator = await startSimulator(speed)
  process.env.CHATSTREAM_SERVER = new URL(simulator.url).origin
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
      await web.close()
    },
  }
}
