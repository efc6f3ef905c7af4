import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Simulator, type SimulatorOptions, startSimulator } from '@chatstream/simulator'
import { onTestFinished } from 'vitest'
import { createRelay, type Relay, type RelayOptions } from '../src/index.js'

/** What no response, log or error may ever contain. */
export const KEY = 'sk-relay-key-that-nobody-may-see'

export interface RelayScene {
  readonly simulator: Simulator
  readonly relay: Relay
  /** What goes into `baseURL`. */
  readonly url: string
}

/** A relay behind a server of `node:http`, and a simulator behind the relay; both close at the end of the test. */
export async function startRelay(
  options: Partial<RelayOptions> = {},
  simulatorOptions: SimulatorOptions = {},
): Promise<RelayScene> {
  const simulator = await startSimulator(simulatorOptions)
  onTestFinished(() => simulator.close())
  const relay = createRelay({
    baseURL: simulator.url,
    apiKey: KEY,
    retry: false,
    authorize: ({ headers }) => ({ id: headers.get('authorization') ?? 'anyone' }),
    ...options,
  })
  onTestFinished(() => relay.close({ withinMs: 0 }))
  return { simulator, relay, url: `${await listen(relay.node)}/api` }
}

/** Serves until the end of the test. */
export async function listen(handler: Relay['node']): Promise<string> {
  const server = createServer((request, response) => void handler(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Asks for an answer as a page would. */
export const ask = (
  url: string,
  body: string | Readonly<Record<string, unknown>>,
  init: RequestInit = {},
): Promise<Response> =>
  fetch(`${url}/chat/completions`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify({ ...say('Hello'), ...body }),
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  })

export const say = (content: string) => ({
  model: 'deepseek-chat',
  stream: true,
  messages: [{ role: 'user' as const, content }],
})
