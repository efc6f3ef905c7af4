import { spawn } from 'node:child_process'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createChatClient } from '@chatstream/core'
import { type Simulator, startSimulator } from '@chatstream/simulator'
import { of, Subject, throwError } from 'rxjs'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { pipeToWritable } from '../src/index.js'
import { idle } from './counted-upstream.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(() => simulator.journal.clear())

const ask = (content = 'Hello', faults = '') =>
  createChatClient({
    baseURL: simulator.url,
    apiKey: 'any',
    retry: false,
    ...(faults && { headers: { 'x-simulator-fault': faults } }),
  }).stream({ model: 'deepseek-chat', messages: [{ role: 'user', content }] })

describe('stdout', () => {
  /** Runs the script in a shell, whose pipes are real. */
  const run = async (prompt: string, pipe = '') => {
    const script = fileURLToPath(new URL('print-answer.mjs', import.meta.url))
    const quoted = [process.execPath, script, simulator.url, prompt].map((word) => `'${word}'`).join(' ')
    const child = spawn('sh', ['-c', `${quoted} ${pipe}`])
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { out, err }
  }

  it('is not ended', async () => {
    const { out, err } = await run('Hello')
    expect(out).toMatch(/“Hello”.*\nafter\n$/s)
    expect(err).toBe('finished false')
  }, 20_000)

  it('may break off, as with `| head -1`: the provider is let go, and nothing is thrown', async () => {
    const { out, err } = await run('[[tokens 200000]] Hello', '| head -1')
    expect(out).toMatch(/^.*\n$/)
    expect(err).toMatch(/^reader-left /)
    expect(simulator.journal.entries[0]?.closedBy).toBe('client')
  }, 20_000)
})

describe('a file', () => {
  it('is written whole, and closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chatstream-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = createWriteStream(join(folder, 'answer.txt'))
    expect(await pipeToWritable(ask('[[tokens 5000]] Hello'), file, { format: 'text' })).toBe('finished')
    expect(file.writableFinished).toBe(true)
    expect((await readFile(file.path, 'utf8')).length).toBeGreaterThan(10_000)
  })

  it.runIf(existsSync('/dev/full'))(
    'on a full disk rejects with its error, and lets the provider go',
    async () => {
      const file = createWriteStream('/dev/full')
      const end = pipeToWritable(ask('Hello', 'stall after=3'), file, { format: 'text' })
      await expect(end).rejects.toMatchObject({ code: 'ENOSPC' })
      await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
    },
  )
})

describe('a socket', () => {
  const openSocket = async (): Promise<{ near: Socket; far: Socket }> => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const accepted = new Promise<Socket>((resolve) => server.once('connection', resolve))
    const { port } = server.address() as { port: number }
    const far = connect(port, '127.0.0.1')
    const near = await accepted
    far.on('error', () => {})
    onTestFinished(() => {
      far.destroy()
      near.destroy()
      server.close()
    })
    return { near, far }
  }

  it('gets it all, and is ended', async () => {
    const { near, far } = await openSocket()
    const [received, end] = await Promise.all([text(far), pipeToWritable(ask(), near, { format: 'sse' })])
    expect(end).toBe('finished')
    expect(received).toMatch(/^data: \{.*data: \[DONE\]\n\n: \{"cost":"[^\n]+\n\n$/s)
  })

  it.each(['before the first byte', 'in mid-stream'] as const)('may be reset %s', async (when) => {
    const { near, far } = await openSocket()
    const faults = when === 'in mid-stream' ? 'stall after=3' : 'stall before-headers'
    const end = pipeToWritable(ask('Hello', faults), near, { format: 'sse' })
    if (when === 'in mid-stream') await new Promise((resolve) => far.once('data', resolve))
    else await simulator.journal.waitFor(({ body }) => body !== undefined)
    far.resetAndDestroy()
    expect(await end).toBe('reader-left')
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })
})

describe('any writable', () => {
  it('stays open with `end: false`, and gets one answer after the other', async () => {
    const writable = new PassThrough()
    const options = { format: 'text', end: false } as const
    const listeners = () => ['drain', 'finish', 'close'].map((event) => writable.listenerCount(event))
    const before = listeners()
    expect(await pipeToWritable(of('one '), writable, options)).toBe('finished')
    expect(await pipeToWritable(of('two'), writable, options)).toBe('finished')
    await expect(
      pipeToWritable(
        throwError(() => new Error('no')),
        writable,
        options,
      ),
    ).rejects.toThrow('no')
    expect(listeners()).toEqual(before)
    writable.end()
    expect(await text(writable)).toBe('one two')
  })

  it('is written to once a turn, however many events there are', async () => {
    const writes: string[] = []
    const writable = new Writable({
      decodeStrings: false,
      write(piece, _encoding, callback) {
        writes.push(piece)
        callback()
      },
    })
    const texts$ = new Subject<string>()
    const end = pipeToWritable(texts$, writable, { format: 'text' })
    for (const piece of ['a', 'b', 'c']) texts$.next(piece)
    await idle()
    for (const piece of ['d', 'e']) texts$.next(piece)
    texts$.complete()
    await end
    expect(writes).toEqual(['abc', 'de'])
  })

  it('is left when it is destroyed, whatever the reason', async () => {
    const texts$ = new Subject<string>()
    const quietly = new PassThrough()
    const left = pipeToWritable(texts$, quietly, { format: 'text' })
    quietly.destroy()
    expect(await left).toBe('reader-left')
    const loudly = new PassThrough()
    const failed = pipeToWritable(texts$, loudly, { format: 'text' })
    loudly.destroy(new Error('no room'))
    await expect(failed).rejects.toThrow('no room')
    expect(texts$.observed).toBe(false)
  })

  it('is left when somebody else ends it', async () => {
    const texts$ = new Subject<string>()
    const writable = new PassThrough()
    const left = pipeToWritable(texts$, writable, { format: 'text' })
    writable.end()
    expect(await left).toBe('reader-left')
    expect(texts$.observed).toBe(false)
  })

  it('that throws when it is written to is one that fails', async () => {
    const texts$ = new Subject<string>()
    const writable = new PassThrough()
    writable.write = () => {
      throw new Error('no')
    }
    const end = pipeToWritable(texts$, writable, { format: 'text' })
    texts$.next('a')
    await expect(end).rejects.toThrow('no')
    expect(texts$.observed).toBe(false)
  })

  it('rejects with what a format throws', async () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    const writable = new PassThrough()
    const end = pipeToWritable(of({ first: 1 }, cycle), writable, { format: 'jsonl' })
    const [failed, written] = await Promise.allSettled([end, text(writable)])
    expect(failed).toMatchObject({ status: 'rejected', reason: expect.any(TypeError) })
    expect(written).toMatchObject({
      value: expect.stringMatching(/^\{"first":1\}\n\{"type":"error",.*\}\n$/),
    })
  })
})
