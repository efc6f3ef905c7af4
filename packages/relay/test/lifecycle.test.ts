import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createChatClient, createChatSession } from '@chatstream/core'
import { describeLifecycle, toSeenRequest } from '@chatstream/lifecycle'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { skip } from 'rxjs'
import { afterAll, beforeAll } from 'vitest'
import { createRelay } from '../src/index.js'

let simulator: Simulator
let server: Server

beforeAll(async () => {
  simulator = await startSimulator()
  const origin = new URL(simulator.url).origin
  // Each case has a path, a key and faults of its own: so it has a relay of its own, between its page and its provider.
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin)
    const fault = request.headers['x-simulator-fault']
    const relay = createRelay({
      baseURL: origin + pathname.replace(/\/(chat\/completions|models)$/, ''),
      apiKey: request.headers.authorization?.replace('Bearer ', ''),
      keyOwner: 'user',
      retry: false,
      ...(typeof fault === 'string' && { headers: { 'x-simulator-fault': fault } }),
      timeouts: { drainMs: 60_000 },
      authorize: () => ({ id: 'anyone' }),
    })
    void relay.node(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await simulator.close()
})

describeLifecycle('a session through a relay', {
  origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  requests: () => simulator.journal.entries.map(toSeenRequest),
  reset: (path: string) => simulator.resetConnections(path),
  actions: ['stop', 'dispose', 'regenerate', 'edit'],
  hasReports: true,
  mount: (options) => {
    const session = createChatSession({ client: createChatClient(options), model: 'deepseek-chat' })
    return {
      ...session,
      onState: (listener) => {
        session.state$.pipe(skip(1)).subscribe(listener)
      },
    }
  },
})
