// One instance of a relay, in a process of its own: tells its address, and what it uses when it is asked.
import { createServer } from 'node:http'
import { createMemoryStore, createRelay } from '@chatstream/relay'
import { createRedisStore } from '@chatstream/relay/redis'
import { createClient } from 'redis'

const { BASE_URL, REDIS_SOCKET, STORE } = process.env
let store
if (REDIS_SOCKET) {
  const client = createClient({ socket: { path: REDIS_SOCKET, tls: false } }).on('error', () => {})
  await client.connect()
  store = createRedisStore({ client, heartbeatMs: 300 })
} else if (STORE === 'memory') store = createMemoryStore()
const relay = createRelay({
  baseURL: BASE_URL,
  apiKey: 'KEY',
  retry: false,
  stallMs: 600_000,
  authorize: () => ({ id: 'ann' }),
  limits: { concurrentPerUser: 100_000, concurrent: 100_000 },
  ...(store && { store }),
})
const server = createServer((request, response) => void relay.node(request, response))
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
process.on('message', async () => {
  // What buffers had is given back a little after they are collected.
  for (let times = 0; times < 5; times++) {
    globalThis.gc?.()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
  process.send({ rss, heapUsed, external, arrayBuffers, running: relay.running() })
})
