// One contender as a server, in a process of its own. It is told when to start counting, and when to stop.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Serve } from './bridge-contender.js'
import { bridgeContenders } from './bridge-contenders.js'

export interface ServerUse {
  /** Milliseconds on the processor. */
  readonly cpu: number
  /** By how much the memory grew, in bytes. */
  readonly rss: number
}

const [, , contender = '', provider = ''] = process.argv
const loaded = await bridgeContenders[contender]?.load()
const pipe = loaded?.pipe
const serve: Serve | undefined =
  loaded?.serve ??
  (pipe &&
    ((baseURL) => (request, response) => {
      request.resume()
      pipe(baseURL, response).catch(() => response.destroy())
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
server.listen(0, '127.0.0.1', 1024, () => process.send?.((server.address() as AddressInfo).port))

let cpu: NodeJS.CpuUsage
let before = 0
let most = 0
let timer: NodeJS.Timeout | undefined
process.on('message', (message) => {
  clearInterval(timer)
  if (message === 'start') {
    globalThis.gc?.()
    before = process.memoryUsage.rss()
    most = before
    cpu = process.cpuUsage()
    timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss())
    }, 20)
    process.send?.('started')
  } else {
    const { user, system } = process.cpuUsage(cpu)
    most = Math.max(most, process.memoryUsage.rss())
    process.send?.({ cpu: (user + system) / 1000, rss: most - before } satisfies ServerUse)
  }
})
process.on('disconnect', () => process.exit())
