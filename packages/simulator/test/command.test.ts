import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { readArguments } from '../src/command/read-arguments.js'
import { withSimulator } from './with-simulator.js'

const command = fileURLToPath(new URL('../dist/command.js', import.meta.url))

function run(...args: string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [command, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function runToEnd(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = run(...args)
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, out, err }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'prints its address, serves, and ends cleanly on %s',
  async (signal) => {
    const child = run('--port', '0', '--tokens-per-second', 'Infinity', '--fault', 'html')
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
    const [, url = ''] = /^The simulator listens at (http:\/\/127\.0\.0\.1:\d+\/v1)\n$/.exec(line) ?? []
    expect((await fetch(`${url}/models`, { headers: { authorization: 'Bearer key' } })).status).toBe(200)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
  },
)

test('prints its options and all faults', async () => {
  const { code, out } = await runToEnd('--help')
  expect(code).toBe(0)
  expect(out).toMatch(/--tokens-per-second.*\n[\s\S]*stall \[after\] \[before-headers\]/)
})

test.each([
  [['--bad'], "chatstream-simulator: Unknown option '--bad' (see --help)\n"],
  [['--jitter', '2'], 'chatstream-simulator: --jitter must be a number from 0 to 1, not 2 (see --help)\n'],
  [
    ['--fault', 'stall x=1'],
    expect.stringMatching(/^chatstream-simulator: fault stall: no parameter x; .*\n$/),
  ],
])('refuses %j in one line', async (args, err) => {
  expect(await runToEnd(...args)).toEqual({ code: 2, out: '', err })
})

test('says in one line that a port is taken', async () => {
  const { port } = await withSimulator()
  const { code, err } = await runToEnd('--port', String(port))
  expect(code).toBe(1)
  expect(err).toMatch(/^chatstream-simulator: .*address already in use.*\n$/)
})

test('is pleasant to watch unless told otherwise', () => {
  expect(readArguments([])).toMatchObject({
    port: 4010,
    tokensPerSecond: 'natural',
    firstTokenMs: 'natural',
    jitter: 0.4,
  })
})
