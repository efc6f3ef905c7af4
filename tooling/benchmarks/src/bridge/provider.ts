// The provider, in a process of its own. What is to be sent stands in the address: `/flood/400/…`: so many events at once;
// `/paced/100/…`: twenty a second; `/endless/200/…`: so many megabytes, as fast as they are read.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { toCompletionEvent } from '../decode/make-body.js'
import { makeTokens } from '../text/make-tokens.js'

const EVENTS_PER_SECOND = 20
const CHUNK_BYTES = 16_384
const end = `${toCompletionEvent({}, 'stop')}data: [DONE]\n\n`
const eventsOf = (count: number): string[] =>
  makeTokens('lines', count).map((content) => toCompletionEvent({ content }, null))

/** How much of the last answer has been written, in bytes: told to whoever asks. */
let sent = 0
process.on('message', () => process.send?.(sent))

/** Whole events only, so that the stream is sound at its end, too. */
function writeBytes(response: ServerResponse, all: Buffer, times: number): void {
  let sentHere = 0
  const write = (): void => {
    while (sentHere < all.length * times) {
      const from = sentHere % all.length
      const chunk = all.subarray(from, Math.min(from + CHUNK_BYTES, all.length))
      sentHere += chunk.length
      sent = sentHere
      if (!response.write(chunk)) return void response.once('drain', write)
    }
    response.end(end)
  }
  write()
}

function writePaced(response: ServerResponse, events: readonly string[]): void {
  let sent = 0
  const timer = setInterval(() => {
    const event = events[sent++]
    if (event !== undefined) response.write(event)
    else response.end(end)
    if (event === undefined || response.destroyed) clearInterval(timer)
  }, 1000 / EVENTS_PER_SECOND)
}

const kept = new Map<string, Buffer>()
const bytesOf = (kind: string, count: number): Buffer => {
  const key = `${kind} ${count}`
  const bytes = kept.get(key) ?? Buffer.from(eventsOf(kind === 'flood' ? count : 1_000).join(''))
  kept.set(key, bytes)
  return bytes
}

const server = createServer((request, response) => {
  const [, kind = '', number] = (request.url ?? '').split('/')
  const count = Number(number)
  request.resume()
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  if (kind === 'paced') return writePaced(response, eventsOf(count))
  const bytes = bytesOf(kind, count)
  writeBytes(response, bytes, kind === 'flood' ? 1 : Math.ceil((count * 1e6) / bytes.length))
})
server.listen(0, '127.0.0.1', 1024, () => process.send?.((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
