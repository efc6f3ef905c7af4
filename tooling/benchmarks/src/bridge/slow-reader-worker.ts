// One contender, in a process of its own, writes a stream without an end for a reader that takes a megabyte a second.
import { Writable } from 'node:stream'
import { bridgeContenders } from './bridge-contenders.js'

export interface SlowReading {
  /** By how much the memory grew, in bytes. */
  readonly rss: number
  /** The most that waited in the writable, and what it means to hold. */
  readonly buffered: number
  readonly highWaterMark: number
  readonly taken: number
}

const BYTES_PER_MS = 1_000
const {
  contender,
  baseURL = '',
  warmUpURL = '',
  ms,
} = JSON.parse(process.argv[2] ?? '') as Record<string, string>
const { pipe } = (await bridgeContenders[contender ?? '']?.load()) ?? {}
if (pipe === undefined) throw new Error(`${contender} writes to no writable.`)

// What is loaded and compiled once is no growth.
await pipe(warmUpURL)(new Writable({ write: (_chunk, _encoding, callback) => callback() }))

let taken = 0
const writable = new Writable({
  write(chunk: Buffer, _encoding, callback) {
    taken += chunk.length
    setTimeout(callback, chunk.length / BYTES_PER_MS)
  },
})
writable.on('error', () => {})
globalThis.gc?.()
const before = process.memoryUsage.rss()
let most = before
let buffered = 0
setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss())
  buffered = Math.max(buffered, writable.writableLength)
}, 10)
setTimeout(() => {
  const reading: SlowReading = {
    rss: most - before,
    buffered,
    highWaterMark: writable.writableHighWaterMark,
    taken,
  }
  process.stdout.write(JSON.stringify(reading), () => process.exit())
}, Number(ms))
await pipe(baseURL)(writable)
