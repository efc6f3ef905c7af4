import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'

/** Made once for a provider, whose base URL this is. Asks it, and writes its answer. */
export type Pipe = (baseURL: string) => (writable: Writable) => Promise<unknown>

/** A server of its own, between a browser and the provider. */
export type Serve = (baseURL: string) => (request: IncomingMessage, response: ServerResponse) => void

export interface BridgeModule {
  readonly pipe?: Pipe
  readonly serve?: Serve
}
