import { type Simulator, type SimulatorOptions, startSimulator } from '@chatstream/simulator'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Command, spawnCommand } from './spawn-command.js'

// Each test starts programs, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

const key = 'sk-of-the-user'
let simulator: Simulator | undefined

afterEach(async () => {
  await simulator?.close()
  simulator = undefined
})

/** A server to ask, and the environment that leads to it. */
async function startServer(
  options?: SimulatorOptions,
): Promise<{ server: Simulator; env: Record<string, string> }> {
  simulator = await startSimulator(options)
  return { server: simulator, env: { ALLTOKEN_BASE_URL: simulator.url, ALLTOKEN_API_KEY: key } }
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

async function run(command: Command): Promise<{ code: number | null; out: string; err: string }> {
  command.endInput()
  const code = await command.exited
  return { code, out: command.stdout.text(), err: command.stderr.text() }
}

describe('an answer', () => {
  it('streams to stdout, with nothing but the summary on stderr', async () => {
    const { server, env } = await startServer({ tokensPerSecond: 500 })
    const { code, out, err } = await run(spawnCommand(['Say', 'hello'], { env }))
    expect(code).toBe(0)
    expect(out).toContain('“Say hello”')
    expect(lines(err)).toEqual([
      expect.stringMatching(/^first token \d+\.\d\d s · \d+ tokens\/s · \d+ tokens · \$0\.\d+$/),
    ])
    expect(server.journal.entries[0]?.headers.authorization).toBe(`Bearer ${key}`)
    expect(server.journal.entries[0]?.body).toMatchObject({
      model: 'deepseek-chat',
      messages: [{ role: 'user', content: 'Say hello' }],
      stream: true,
    })
  })

  it('is shown as far as it has come, while the rest is still to come', async () => {
    const { server, env } = await startServer({ tokensPerSecond: 100 })
    const command = spawnCommand(['[[tokens 20]] [[fault stall after=10]] hello'], { env })
    await server.journal.waitFor(({ eventsWritten }) => eventsWritten >= 10)
    await command.stdout.shows('Simulator')
    expect(server.journal.entries[0]?.closedBy).toBeUndefined()
  })

  it('shows the cost as the decimal string that came', async () => {
    const { env } = await startServer()
    const command = spawnCommand(['--json', 'hello'], { env })
    const { out, err } = await run(command)
    const cost = lines(out)
      .map((line) => JSON.parse(line))
      .find(({ type }) => type === 'cost')?.cost
    expect(cost).toMatch(/^0\.\d+$/)
    expect(err).toContain(` · $${cost}\n`)
  })

  it('says that the cost is unknown if none came', async () => {
    const { env } = await startServer({ faults: 'no-cost' })
    const { code, err } = await run(spawnCommand(['hello'], { env }))
    expect(code).toBe(0)
    expect(err).toMatch(/ tokens · cost unknown\n$/)
  })

  it('keeps the reasoning on stderr, undimmed where that is no terminal', async () => {
    const { env } = await startServer()
    const { out, err } = await run(
      spawnCommand(['--model', 'deepseek-reasoner', 'Prove that √2 is irrational'], { env }),
    )
    const [reasoning = ''] = lines(err)
    expect(lines(err).length).toBeGreaterThan(1)
    expect(out).not.toContain(reasoning)
    expect(err).not.toContain('\u001b')
  })

  it('comes without its reasoning if asked to', async () => {
    const { env } = await startServer()
    const args = ['--no-reasoning', '--model', 'deepseek-reasoner', 'Prove that √2 is irrational']
    expect(lines((await run(spawnCommand(args, { env }))).err)).toHaveLength(1)
    const { out } = await run(spawnCommand(['--json', ...args], { env }))
    expect(out).not.toContain('reasoning-delta')
  })

  it('is told how to be by --system', async () => {
    const { server, env } = await startServer()
    await run(spawnCommand(['--system', 'Be brief.', 'hello'], { env }))
    expect(server.journal.entries[0]?.body).toMatchObject({
      messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user' }],
    })
  })

  it('answers what stdin says', async () => {
    const { server, env } = await startServer()
    const command = spawnCommand([], { env })
    command.type('Two\nlines\n')
    expect((await run(command)).code).toBe(0)
    expect(server.journal.entries[0]?.body).toMatchObject({ messages: [{ content: 'Two\nlines' }] })
  })

  it('is written as it came where stdout is no terminal', async () => {
    const { env } = await startServer()
    const { out } = await run(spawnCommand(['a \u001b[31mred\u009b0m text'], { env }))
    expect(out).toContain('a \u001b[31mred\u009b0m text')
  })

  it('loses its control characters on the way to a terminal', async () => {
    const { env } = await startServer()
    const command = spawnCommand(['a \u001b[31mred\u009b0m \u001b]0;title\u0007text'], {
      env,
      terminal: true,
    })
    await command.exited
    expect(command.stdout.text()).toContain('“a [31mred0m ]0;titletext”')
  })

  it('dims the reasoning on a terminal, unless NO_COLOR is set', async () => {
    const { env } = await startServer()
    const args = ['--model', 'deepseek-reasoner', 'Prove that √2 is irrational']
    const dimmed = spawnCommand(args, { env, terminal: true })
    await dimmed.exited
    expect(dimmed.stdout.text()).toContain('\u001b[2m')
    const plain = spawnCommand(args, { env: { ...env, NO_COLOR: '1' }, terminal: true })
    await plain.exited
    expect(plain.stdout.text()).not.toContain('\u001b')
  })
})

describe('--json', () => {
  it('writes every event as a line of JSON, without the raw chunks', async () => {
    const { env } = await startServer()
    const { code, out } = await run(spawnCommand(['--json', 'hello'], { env }))
    const events = lines(out).map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(events[0]).toMatchObject({ type: 'attempt-start' })
    expect(events.some(({ type, text }) => type === 'text-delta' && text !== '')).toBe(true)
    expect(events.at(-1)).toMatchObject({ type: 'cost' })
    expect(events.every((event) => !('raw' in event))).toBe(true)
  })

  it('ends a stream that failed with a line for the error', async () => {
    const { env } = await startServer({ faults: 'error-frame after=3 code=429' })
    const { code, out, err } = await run(spawnCommand(['--json', 'hello'], { env }))
    expect(code).toBe(1)
    expect(JSON.parse(lines(out).at(-1) ?? '')).toMatchObject({
      type: 'error',
      error: { kind: 'rate-limit', status: 429 },
    })
    expect(lines(err)).toHaveLength(1)
  })
})

describe('without a key', () => {
  it('starts a simulator and says so', async () => {
    const command = spawnCommand(['hello'], { env: { CHATSTREAM_SIMULATOR_TOKENS_PER_SECOND: 'Infinity' } })
    const { code, out, err } = await run(command)
    expect(code).toBe(0)
    expect(out).toContain('“hello”')
    expect(lines(err)).toEqual([
      expect.stringContaining('simulator'),
      expect.stringMatching(/^first token .* tokens · \$0\.\d+$/),
    ])
  })

  it('asks the server of ALLTOKEN_BASE_URL without one', async () => {
    const { server } = await startServer()
    const { code, err } = await run(spawnCommand(['hello'], { env: { ALLTOKEN_BASE_URL: server.url } }))
    expect(server.journal.entries[0]?.headers.authorization).toBeUndefined()
    expect(code).toBe(1)
    expect(err).toContain('Check ALLTOKEN_API_KEY.')
  })
})

describe('Ctrl-C', () => {
  it('stops the answer at once, closes the connection and keeps what came', async () => {
    const { server, env } = await startServer({ faults: 'stall after=12' })
    const command = spawnCommand(['hello'], { env })
    await command.stdout.shows('Simulator')
    command.interrupt()
    const { code, out, err } = await run(command)
    expect(code).toBe(130)
    expect(out).toContain('Simulator')
    expect(err).toMatch(/^stopped · first token \d\.\d\d s · cost unknown\n$/)
    await server.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })

  it('stops a request that no answer has come to yet', async () => {
    const { server, env } = await startServer({ faults: 'stall before-headers' })
    const command = spawnCommand(['hello'], { env })
    await server.journal.waitFor(({ body }) => body !== undefined)
    command.interrupt()
    const { code, out, err } = await run(command)
    expect({ code, out, err }).toEqual({ code: 130, out: '', err: 'stopped · no token · cost unknown\n' })
    await server.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })
})

describe('a reader that leaves', () => {
  it('ends it quietly with 0, and closes the connection', async () => {
    const { server, env } = await startServer({ tokensPerSecond: 200 })
    const command = spawnCommand(['[[tokens 5000]] hello'], { env })
    await command.stdout.shows('Simulator')
    command.stdout.close()
    expect(await command.exited).toBe(0)
    expect(command.stderr.text()).toBe('')
    await server.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })
})

describe('what goes wrong', () => {
  const failing = async (args: string[], env: Record<string, string>) => {
    const { code, out, err } = await run(spawnCommand(args, { env }))
    expect(lines(err)).toHaveLength(1)
    return { code, out, err }
  }

  it('is a key that is not accepted: it says where to look, and does not show the key', async () => {
    const { env } = await startServer({ faults: `status code=401 message="Incorrect key: ${key}"` })
    const { code, err } = await failing(['hello'], env)
    expect(code).toBe(1)
    expect(err).toMatch(/^chatstream: Incorrect key: …\. Check ALLTOKEN_API_KEY\./)
    const { out } = await failing(['--json', 'hello'], env)
    expect(out).not.toContain(key)
  })

  it('is a server that cannot be reached', async () => {
    const { server, env } = await startServer()
    await server.close()
    const { code, err } = await failing(['hello'], env)
    expect(code).toBe(1)
    expect(err).toContain('Check the connection and ALLTOKEN_BASE_URL')
  })

  it('is a busy server: it says how long the wait is, and answers after it', async () => {
    const { env } = await startServer({ faults: 'rate-limit after=2 times=1' })
    const { code, out, err } = await run(spawnCommand(['hello'], { env }))
    expect(code).toBe(0)
    expect(out).toContain('“hello”')
    expect(lines(err)[0]).toBe('Rate limit exceeded. Trying again in 2 s.')
  })

  it.each([
    ['error-frame after=6', 'Try again'],
    ['reset after=6', 'Check the connection'],
    ['early-end after=6', 'Try again'],
  ])('is an answer that breaks off (%s): what had come stays', async (faults, advice) => {
    const { env } = await startServer({ faults })
    const { code, out, err } = await failing(['hello'], env)
    expect(code).toBe(1)
    expect(out).toContain('Simulator')
    expect(err).toContain(advice)
  })

  it.each([
    [['--colour', 'hello'], "Unknown option '--colour'"],
    [['--model'], "'--model <value>' argument missing"],
    [[], 'There is no prompt'],
  ])('is being called wrongly: %j', async (args, problem) => {
    const { code, out, err } = await failing(args, {})
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(problem)
  })
})

it('shows its options and its version', async () => {
  const help = await run(spawnCommand(['--help']))
  expect(help).toMatchObject({ code: 0, err: '' })
  for (const word of ['--model', '--no-reasoning', 'ALLTOKEN_API_KEY', 'Ctrl-C'])
    expect(help.out).toContain(word)
  expect(await run(spawnCommand(['--version']))).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+\.\d+/),
  })
})
