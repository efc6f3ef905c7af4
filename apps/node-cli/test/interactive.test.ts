import { type Simulator, startSimulator } from '@chatstream/simulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Command, spawnCommand } from './spawn-command.js'

// Each test starts programs, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator()
})
afterEach(() => simulator.close())

/** Both outputs are the terminal's, and `script` hands them over as one. */
async function open(...args: string[]): Promise<Command> {
  const command = spawnCommand(args, {
    env: { ALLTOKEN_BASE_URL: simulator.url, ALLTOKEN_API_KEY: 'any' },
    terminal: true,
  })
  await command.stdout.shows('> ')
  return command
}

/** The messages of the request whose last one this is. */
async function messagesUpTo(content: string): Promise<unknown> {
  const messagesOf = (body: unknown) => (body as { messages?: { content: string }[] } | undefined)?.messages
  const { body } = await simulator.journal.waitFor(
    ({ body }) => messagesOf(body)?.at(-1)?.content === content,
  )
  return messagesOf(body)
}

describe('a conversation', () => {
  it('remembers what was said', async () => {
    const command = await open('--system', 'Be brief.')
    command.type('first\r')
    await command.stdout.shows(' tokens · $0.')
    command.type('second\r')
    expect(await messagesUpTo('second')).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'first' },
      { role: 'assistant', content: expect.stringContaining('“first”') },
      { role: 'user', content: 'second' },
    ])
  })

  it('goes on after an answer was stopped, and remembers what came of it', async () => {
    const command = await open()
    command.type('[[fault stall after=12]] first\r')
    await command.stdout.shows('Simulator')
    command.type('\u0003')
    await command.stdout.shows('stopped · ')
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
    command.type('second\r')
    expect(await messagesUpTo('second')).toEqual([
      { role: 'user', content: '[[fault stall after=12]] first' },
      { role: 'assistant', content: expect.stringContaining('Simulator') },
      { role: 'user', content: 'second' },
    ])
  })

  it('goes on after an answer failed, without the question that nobody answered', async () => {
    const command = await open()
    command.type('[[fault status code=503]] first\r')
    await command.stdout.shows('Try again')
    command.type('second\r')
    expect(await messagesUpTo('second')).toEqual([{ role: 'user', content: 'second' }])
  })

  it.each([
    ['/exit', '/exit\r'],
    ['Ctrl-D', '\u0004'],
    ['Ctrl-C at the prompt', '\u0003'],
  ])('is left with %s', async (_, keys) => {
    const command = await open()
    command.type(keys)
    expect(await command.exited).toBe(0)
    expect(simulator.journal.entries).toHaveLength(0)
  })
})
