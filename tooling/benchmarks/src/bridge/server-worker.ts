// One contender as a server, in a process of its own: tells whenever it is asked what it has taken since it was asked last.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { takeTurns } from '../take-turns.js'
import type { Serve } from './bridge-contender.js'
import { bridgeContenders } from './bridge-contenders.js'

export interface ServerTask {
  readonly contender: string
  /** Where the provider is. */
  readonly provider: string
}

export interface ServerUse {
  /** Where the server listens. */
  readonly url: string
  /** Milliseconds on the processor. */
  readonly cpu: number
  /** By how much the memory grew, in bytes, at most. */
  readonly rss: number
}

const { contender, provider } = JSON.parse(process.argv[2] ?? '') as ServerTask
const loaded = await bridgeContenders[contender]?.load()
const makePipe = loaded?.pipe
const serve: Serve | undefined =
  loaded?.serve ??
  (makePipe &&
    ((baseURL) => {
      const pipe = makePipe(baseURL)
      return (request, response) => {
        request.resume()
        pipe(response).catch(() => response.destroy())
      }
    }))
if (serve === undefined) throw new Error(`There is no contender ${contender}.`)

// A server for each pace, since where the provider is asked is settled when a server is made.
const handlers = new Map<string, ReturnType<Serve>>()
const server = createServer((request, response) => {
  const [, kind = '', count = ''] = (request.url ?? '').split('/')
  const key = `${provider}/${kind}/${count}`
  const handle = handlers.get(key) ?? serve(key)
  handlers.set(key, handle)
  handle(request, response)
})
server.listen(0, '127.0.0.1', 1024)
await once(server, 'listening')
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

let cpu = process.cpuUsage()
let before = process.memoryUsage.rss()
let most = before
const look = (): void => {
  most = Math.max(most, process.memoryUsage.rss())
}
setInterval(look, 20)
takeTurns(async (): Promise<ServerUse> => {
  look()
  const { user, system } = process.cpuUsage(cpu)
  const use = { url, cpu: (user + system) / 1000, rss: most - before }
  cpu = process.cpuUsage()
  before = process.memoryUsage.rss()
  most = before
  return use
})
