import { pipeline } from 'node:stream/promises'
import { createGzip, gunzipSync } from 'node:zlib'
import { createChatClient, isChatStreamError } from '@chatstream/core'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PipeEnd, type PipeOptions, pipeToWritable, toReadable } from '../src/index.js'
import { getOver } from './get-over.js'
import { serve } from './serve-bridge.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterAll(() => simulator.close())
beforeEach(() => simulator.journal.clear())

const ask = (faults = '', apiKey: () => Promise<string> = async () => 'key') =>
  createChatClient({
    baseURL: simulator.url,
    apiKey,
    retry: false,
    timeouts: { drainMs: 60_000 },
    ...(faults && { headers: { 'x-simulator-fault': faults } }),
  }).stream({ model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hello' }] })

describe.each(['HTTP/1.1', 'HTTP/2'] as const)('a response over %s', (protocol) => {
  /** One bridge, and how it ended. */
  const open = async (stream$ = ask(), options: PipeOptions = {}) => {
    let settle: (end: PipeEnd | { error: unknown }) => void = () => {}
    const end = new Promise<PipeEnd | { error: unknown }>((resolve) => {
      settle = resolve
    })
    const url = await serve(protocol, (_request, response) => {
      pipeToWritable(stream$, response, { format: 'sse', ...options }).then(settle, (error) => {
        if (!response.headersSent)
          response.writeHead(isChatStreamError(error) ? (error.status ?? 502) : 500).end()
        settle({ error })
      })
    })
    return { end, getting: getOver(protocol, url) }
  }

  it('has the headers of an event stream, and ends', async () => {
    const { end, getting } = await open()
    expect(await getting.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    expect(await getting.body).toMatch(/^data: \{.*data: \[DONE\]\n\n: \{"cost":"[^\n]*\}\n\n$/s)
    expect(await end).toBe('finished')
  })

  it('keeps the headers that it has', async () => {
    const url = await serve(protocol, (_request, response) => {
      response.setHeader('content-type', 'text/plain')
      void pipeToWritable(ask(), response, { format: 'text' })
    })
    expect(await getOver(protocol, url).headers).toMatchObject({ 'content-type': 'text/plain' })
  })

  it('is untouched by an error that comes before anything was sent', async () => {
    const { end, getting } = await open(ask('status code=429'))
    expect(await getting.status).toBe(429)
    expect(await getting.body).toBe('')
    expect(await end).toMatchObject({ error: { kind: 'rate-limit' } })
  })

  it('ends with a frame for an error that comes later', async () => {
    const { end, getting } = await open(ask('error-frame after=3 code=503 message=Overloaded'))
    expect(await getting.status).toBe(200)
    expect(await getting.body).toMatch(
      /^data: .*data: \{"error":\{"message":"Overloaded","type":"[a-z_]+","code":503\}\}\n\n$/s,
    )
    expect(await end).toMatchObject({ error: { kind: 'upstream' } })
  })

  it('is broken off where the text cannot tell an error', async () => {
    const url = await serve(protocol, (_request, response) => {
      pipeToWritable(ask('error-frame after=3'), response, { format: 'text' }).catch(() => {})
    })
    await expect(getOver(protocol, url).body).rejects.toThrow()
  })

  const phases = [
    ['before the headers', 'stall before-headers', (at: string) => at === 'before-headers', ''],
    ['before the first byte', 'stall', (at: string) => at === 'headers-sent' || at === 'streaming', ''],
    ['in mid-stream', 'stall after=3', (at: string) => at === 'streaming', 'content'],
    ['in the drain', 'open-end', (at: string) => at === 'done-sent', '[DONE]'],
  ] as const

  it.each(phases)('lets the provider go when the reader leaves %s', async (_, faults, isThere, shown) => {
    const { end, getting } = await open(ask(faults))
    await simulator.journal.waitFor(({ phase, body }) => body !== undefined && isThere(phase))
    await getting.shows(shown)
    getting.leave()
    expect(await end).toBe('reader-left')
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })

  it('asks nobody when the reader leaves before the request', async () => {
    let giveKey: (key: string) => void = () => {}
    let isAsked: () => void = () => {}
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve
    })
    const key = new Promise<string>((resolve) => {
      giveKey = resolve
    })
    const { end, getting } = await open(
      ask('', () => {
        isAsked()
        return key
      }),
    )
    await asked
    getting.leave()
    expect(await end).toBe('reader-left')
    giveKey('key')
    await (await fetch(`${simulator.url}/models`)).text()
    expect(simulator.journal.entries.map(({ method }) => method)).toEqual(['GET'])
  })

  it('is not begun for a reader who has left already', async () => {
    const ended = new Promise<PipeEnd>((resolve) => {
      void serve(protocol, (_request, response) => {
        response.on('close', () => {
          resolve(pipeToWritable(ask(), response, { format: 'sse' }))
        })
        getting.leave()
      }).then((url) => {
        getting = getOver(protocol, url)
      })
    })
    let getting: ReturnType<typeof getOver>
    expect(await ended).toBe('reader-left')
    expect(simulator.journal.entries).toEqual([])
  })

  it('goes through a pipeline, and closes the provider with it', async () => {
    const url = await serve(protocol, (_request, response) => {
      const readable = toReadable(ask('stall after=3'), { format: 'text' })
      pipeline(readable, response).catch(() => {})
    })
    const getting = getOver(protocol, url)
    await getting.status
    getting.leave()
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })
})

describe('gzip', () => {
  it('gives each piece when it comes, not at the end', async () => {
    const gzip = createGzip()
    const parts: Buffer[] = []
    const shown = new Promise<void>((resolve) => {
      gzip.on('data', (part: Buffer) => {
        parts.push(part)
        const text = gunzipSync(Buffer.concat(parts), { finishFlush: 2 }).toString()
        if (text.includes('Simulator')) resolve()
      })
    })
    const end = pipeToWritable(ask('stall after=12'), gzip, { format: 'text' })
    await shown
    expect(gzip.writableEnded).toBe(false)
    gzip.destroy()
    expect(await end).toBe('reader-left')
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })

  it('is whole at the end, in a pipeline too', async () => {
    const written = async (chunks: AsyncIterable<Buffer>): Promise<string> => {
      const all: Buffer[] = []
      for await (const chunk of chunks) all.push(chunk)
      return gunzipSync(Buffer.concat(all)).toString()
    }
    const gzip = createGzip()
    const [text] = await Promise.all([written(gzip), pipeToWritable(ask(), gzip, { format: 'text' })])
    expect(text).toContain('“Hello”')
    let piped = ''
    await pipeline(toReadable(ask(), { format: 'text' }), createGzip(), async (chunks) => {
      piped = await written(chunks)
    })
    expect(piped).toBe(text)
  })
})
