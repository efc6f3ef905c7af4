// Memory: a stream of 200 MB into a reader that takes 1 MB a second. CPU: the same stream into one that takes all.
//
//   node tooling/benchmarks/bridge/slow-reader.mjs [--seconds 8] [--megabytes 200] [--rounds 3]
//
// The provider is a process of its own, and so is each contestant. What is told: the growth of its memory (RSS), the most
// that waited in its writable, how much the provider could write, and CPU an event beside the floor of the same round.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createChatClient } from '@chatstream/core'
import { pipeToWritable } from '@chatstream/node'
import { filter, map } from 'rxjs'

const self = fileURLToPath(import.meta.url)
const bytesPerSecond = 1e6

/** Events as a provider sends them, some 300 bytes each. */
function eventsOf(count) {
  const events = []
  for (let at = 0; at < count; at++) {
    const choices = [
      { index: 0, delta: { content: ` word${at % 1000}` }, logprobs: null, finish_reason: null },
    ]
    events.push(
      `data: ${JSON.stringify({ id: 'chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG', object: 'chat.completion.chunk', created: 1_741_570_283, model: 'gpt-4o-2024-08-06', service_tier: 'default', system_fingerprint: 'fp_06737a9306', choices, obfuscation: 'abcdefgh'.slice(at % 8) })}\n\n`,
    )
  }
  return events.join('')
}

/** The provider: as fast as it is read. Says how many bytes it could hand over. */
async function runProvider() {
  const block = Buffer.from(eventsOf(1000))
  let written = 0
  const server = createServer(async (request, response) => {
    written = 0
    const bytes = Number(new URL(request.url, 'http://provider').searchParams.get('bytes'))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    let left = Math.ceil(bytes / block.length)
    let offset = 0
    const write = () => {
      while (left > 0) {
        const piece = block.subarray(offset, offset + 16_384)
        offset += piece.length
        if (offset === block.length) {
          offset = 0
          left--
        }
        written += piece.length
        if (!response.write(piece)) return
      }
      response.end('data: [DONE]\n\n')
    }
    response.on('drain', write)
    write()
  })
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
  process.on('message', () => process.send({ written }))
}

const openBody = async (url) => (await fetch(url)).body

const decodeEvents = (onText) => {
  const decoder = new TextDecoder()
  let rest = ''
  return (bytes) => {
    const frames = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
    rest = frames.pop()
    for (const frame of frames) {
      const data = frame.slice(6)
      if (data !== '[DONE]') onText(JSON.parse(data).choices[0].delta.content)
    }
  }
}

const streamOf = (url) => {
  const { href } = new URL(url)
  const client = createChatClient({ baseURL: 'http://provider', fetch: () => fetch(href) })
  return client.stream({ model: 'm', messages: [] })
}

const same = (stream$) =>
  stream$.pipe(
    map((event) => event),
    filter(() => true),
  )

/** From the address to the writable. */
const contestants = {
  'naive: bytes, written as they come': async (url, writable) => {
    for await (const bytes of await openBody(url)) writable.write(bytes)
    writable.end()
  },
  'naive: decoded, each text written': async (url, writable) => {
    const decode = decodeEvents((text) => writable.write(text))
    for await (const bytes of await openBody(url)) decode(bytes)
    writable.end()
  },
  'floor: bytes, stream.pipeline': async (url, writable) =>
    pipeline(Readable.fromWeb(await openBody(url)), writable),
  'floor: decoded, text, drain awaited': async (url, writable) => {
    let text = ''
    const decode = decodeEvents((piece) => {
      text += piece
    })
    for await (const bytes of await openBody(url)) {
      decode(bytes)
      const piece = text
      text = ''
      if (!writable.write(piece)) await once(writable, 'drain')
    }
    writable.end()
  },
  'pipeToWritable, text': (url, writable) => pipeToWritable(streamOf(url), writable, { format: 'text' }),
  'pipeToWritable, text, map and filter': (url, writable) =>
    pipeToWritable(same(streamOf(url)), writable, { format: 'text' }),
  'pipeToWritable, sse': (url, writable) => pipeToWritable(streamOf(url), writable, { format: 'sse' }),
  'pipeToWritable, sse, map and filter': (url, writable) =>
    pipeToWritable(same(streamOf(url)), writable, { format: 'sse' }),
}

/** One contestant: `slow` for so many seconds, or else to the end. */
async function runContestant({ name, url, seconds }) {
  const isSlow = seconds > 0
  let taken = 0
  const writable = new Writable({
    write(chunk, _encoding, callback) {
      taken += chunk.length
      if (isSlow) setTimeout(callback, (chunk.length / bytesPerSecond) * 1000)
      else callback()
    },
  })
  writable.on('error', () => {})
  // What is loaded and compiled once is no growth.
  const taking = new Writable({ write: (_chunk, _encoding, callback) => callback() })
  await contestants[name](url.replace(/bytes=\d+/, 'bytes=5000000'), taking)
  globalThis.gc()
  const before = process.memoryUsage().rss
  const cpuBefore = process.cpuUsage()
  let rss = before
  let buffered = 0
  const look = setInterval(() => {
    rss = Math.max(rss, process.memoryUsage().rss)
    buffered = Math.max(buffered, writable.writableLength)
  }, 20)
  const done = contestants[name](url, writable)
  await Promise.race([
    done,
    ...(isSlow ? [new Promise((resolve) => setTimeout(resolve, seconds * 1000))] : []),
  ])
  clearInterval(look)
  const { user, system } = process.cpuUsage(cpuBefore)
  process.send({ rss: rss - before, buffered, taken, cpu: user + system })
}

async function compare({ seconds, megabytes, rounds }) {
  const provider = fork(self, ['--provider'])
  const [{ port }] = await once(provider, 'message')
  const run = async (name, bytes, forSeconds) => {
    const url = `http://127.0.0.1:${port}/?bytes=${bytes}`
    const child = fork(self, ['--contestant'], { execArgv: ['--expose-gc'] })
    child.send({ name, url, seconds: forSeconds })
    const [result] = await Promise.race([once(child, 'message'), once(child, 'exit')])
    if (typeof result !== 'object') throw new Error(`${name} failed`)
    provider.send('how much?')
    const [{ written }] = await once(provider, 'message')
    child.kill()
    await once(child, 'exit')
    return { ...result, written }
  }
  const mega = (bytes) => (bytes / 1e6).toFixed(1).padStart(6)

  console.log(`${megabytes} MB into a reader of 1 MB/s, ${seconds} s of it (MB)`)
  console.log('RSS growth  in the writable  provider wrote')
  for (const name in contestants) {
    const { rss, buffered, written } = await run(name, megabytes * 1e6, seconds)
    console.log(`    ${mega(rss)}           ${mega(buffered)}          ${mega(written)}  ${name}`)
  }

  const events = (megabytes * 1e6) / (eventsOf(1000).length / 1000)
  const floor = 'floor: decoded, text, drain awaited'
  const names = [floor, ...Object.keys(contestants).filter((name) => name.startsWith('pipe'))]
  const costs = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const name of names) costs[name].push((await run(name, megabytes * 1e6, 0)).cpu / events)
  console.log(`\nCPU an event, the same stream into a reader that takes all; the median of ${rounds} rounds`)
  console.log('    µs  beside the floor of its round')
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
  for (const name of names) {
    const ratios = costs[name].map((cost, round) => cost / costs[floor][round])
    console.log(`${median(costs[name]).toFixed(2).padStart(6)}  ${median(ratios).toFixed(2)}  ${name}`)
  }
  provider.kill()
}

const { values } = parseArgs({
  options: {
    provider: { type: 'boolean' },
    contestant: { type: 'boolean' },
    seconds: { type: 'string', default: '8' },
    megabytes: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
  },
})
if (values.provider) await runProvider()
else if (values.contestant) process.once('message', runContestant)
else
  await compare({
    seconds: Number(values.seconds),
    megabytes: Number(values.megabytes),
    rounds: Number(values.rounds),
  })
