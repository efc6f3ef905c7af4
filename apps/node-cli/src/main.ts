#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { connect } from './connect.js'
import { converse } from './converse.js'
import { createPaper } from './create-paper.js'
import { createScreen } from './create-screen.js'
import { explainError } from './explain-error.js'
import { readOptions, usage } from './read-options.js'
import { startConversation } from './start-conversation.js'

const { argv, env, stdin, stdout, stderr } = process
const exitCodes = { answered: 0, failed: 1, stopped: 130 }

for (const output of [stdout, stderr]) {
  output.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever was reading, such as `head`, has enough. Leaving closes the connection, too.
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

const paper = createPaper(stdout)
const screen = createScreen(paper, stderr, {
  color: !env['NO_COLOR'],
  secret: env['ALLTOKEN_API_KEY']?.trim() ?? '',
})

async function run(): Promise<number> {
  const options = readOptions(argv.slice(2))
  if ('problem' in options) return misuse(options.problem)
  if (options.help || options.version) {
    stdout.write(options.help ? usage : `${readVersion()}\n`)
    return 0
  }
  const prompt = options.prompt || (stdin.isTTY ? undefined : (await text(stdin)).trim())
  if (prompt === '') return misuse('There is no prompt, neither in the arguments nor on stdin')

  const { client, notice, close } = await connect(env)
  try {
    if (notice !== undefined) screen.note(notice)
    const say = startConversation(client, options, screen, paper)
    if (prompt === undefined) {
      await converse({ input: stdin, output: stderr, say })
      return 0
    }
    const stop = new AbortController()
    process.once('SIGINT', () => stop.abort())
    return exitCodes[await say(prompt, stop.signal)]
  } finally {
    await close()
  }
}

function misuse(problem: string): number {
  screen.note(`chatstream: ${problem}. Try --help.`)
  return 2
}

const readVersion = (): string =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version

try {
  process.exitCode = await run()
} catch (error) {
  screen.note(explainError(error))
  process.exitCode = 1
}
