import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createFaultDesk } from './faults/create-fault-desk.js'
import { createRateLimit } from './http/create-rate-limit.js'
import { createRequestDesk } from './http/create-request-desk.js'
import type { RequestIdentity } from './http/simulator-settings.js'
import { createJournal } from './journal/create-journal.js'
import type { Journal } from './journal/journal.js'
import { createRandom } from './model/random.js'

/** How a simulator behaves. */
export interface SimulatorOptions {
  /** The port; any free one if 0 or not given. */
  readonly port?: number | undefined
  /** The address to listen on; `127.0.0.1` if not given. */
  readonly host?: string | undefined
  /** Tokens per second; `natural` is each model's own speed; `Infinity` if not given, which uses no timers at all. */
  readonly tokensPerSecond?: number | 'natural' | undefined
  /** Milliseconds from the headers to the first token; `natural` is each model's own; 0 if not given. */
  readonly firstTokenMs?: number | 'natural' | undefined
  /** How much the gap between tokens varies, from 0 to 1; 0 if not given. */
  readonly jitter?: number | undefined
  /** Makes ids, times and texts the same at every run, for the same requests in the same order. */
  readonly seed?: number | string | undefined
  /** The keys that are valid; any key is if not given. */
  readonly apiKeys?: readonly string[] | undefined
  /** The faults of all completions, written as in the header `x-simulator-fault`. */
  readonly faults?: string | undefined
  /** The most bytes that the body of a request may have; 1 MiB if not given. */
  readonly maxBodyBytes?: number | undefined
}

/** A running simulator. */
export interface Simulator {
  /** What goes into `baseURL`: `http://127.0.0.1:4010/v1`. */
  readonly url: string
  readonly port: number
  readonly journal: Journal
  /**
   * Puts other faults in the place of those that apply to all completions; the empty text removes them.
   *
   * @throws ApiError if a fault does not exist or is written wrong.
   */
  setFaults(faults: string): void
  /**
   * Resets the connections of all answers that are on their way; with a path, of those whose path starts so. Unlike the
   * fault `reset` it comes when you say so: what had arrived by then has been read.
   */
  resetConnections(path?: string): void
  /** Ends all connections, and resolves when the port is free. */
  close(): Promise<void>
}

/**
 * Starts a local server that speaks AllToken's chat-completions wire.
 *
 * @example
 * ```ts
 * import { startSimulator } from '@chatstream/simulator'
 * import OpenAI from 'openai'
 *
 * const simulator = await startSimulator({ faults: 'status code=503 times=2' })
 * const client = new OpenAI({ baseURL: simulator.url, apiKey: 'any' })
 * // …
 * await simulator.close()
 * ```
 * Rejects if the port is not free, if a fault does not exist or is written wrong, or if the speed is 0 or less.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, host = '127.0.0.1', apiKeys, seed, tokensPerSecond = Number.POSITIVE_INFINITY } = options
  if (tokensPerSecond !== 'natural' && !(tokensPerSecond > 0)) {
    throw new RangeError(`tokensPerSecond must be more than 0, not ${tokensPerSecond}`)
  }
  const journal = createJournal()
  const faultDesk = createFaultDesk(options.faults ?? '')
  const closing = new AbortController()
  const answering = new Set<Promise<void>>()
  const desk = createRequestDesk(
    {
      apiKeys,
      faultDesk,
      firstTokenMs: options.firstTokenMs ?? 0,
      jitter: options.jitter ?? 0,
      journal,
      maxBodyBytes: options.maxBodyBytes ?? 1024 * 1024,
      rateLimit: createRateLimit(),
      tokensPerSecond,
      nextRequest: identify(seed),
    },
    closing.signal,
  )
  const server = createServer((request, response) => {
    const answer = desk.listener(request, response)
    answering.add(answer)
    // A rejection is a mistake of the simulator: it is left unhandled, so that the process tells of it.
    void answer.finally(() => answering.delete(answer))
  })
  // A page that asks again after a while must not meet a socket that closes at that moment.
  server.keepAliveTimeout = 120_000
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address() as AddressInfo

  let closed: Promise<void> | undefined
  const close = async (): Promise<void> => {
    closing.abort()
    const ended = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await ended
    await Promise.all(answering)
    journal.close()
  }

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}/v1`,
    port: address.port,
    journal: journal.journal,
    setFaults: faultDesk.setFaults,
    resetConnections: (path = '') => desk.reset(path),
    close() {
      closed ??= close()
      return closed
    },
  }
}

function identify(seed: number | string | undefined): () => RequestIdentity {
  const seedText = String(seed ?? Math.random())
  let count = 0
  return () => {
    count += 1
    const requestSeed = `${seedText} ${count}`
    return {
      id: `req_${createRandom(`${requestSeed} id`).text(20)}`,
      seed: requestSeed,
      created: seed === undefined ? Math.floor(Date.now() / 1000) : seededCreated + count,
    }
  }
}

/** The beginning of 2025, in seconds: any time will do, but it must not be now. */
const seededCreated = 1_735_689_600
