import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export interface Command {
  readonly stdout: Watched
  readonly stderr: Watched
  /** The exit code, once both outputs have ended; null if a signal ended it. */
  readonly exited: Promise<number | null>
  type(text: string): void
  endInput(): void
  interrupt(): void
}

/** An output, as far as it has come. */
interface Watched {
  text(): string
  /** Resolves as soon as it is there; rejects if the output ends without it. */
  shows(what: string): Promise<void>
  /** The reader leaves. */
  close(): void
}

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** Runs the built command as a user would; with `terminal`, in a terminal, whose outputs are one. */
export function spawnCommand(
  args: readonly string[],
  { env = {}, terminal = false }: { env?: Record<string, string | undefined>; terminal?: boolean } = {},
): Command {
  const command = [process.execPath, main, ...args]
  const [file = '', ...rest] = terminal ? inTerminal(command) : command
  // Only what is given: a key of the person who runs the tests is not to be used.
  const child = spawn(file, rest, { env: { PATH: process.env['PATH'], TERM: 'xterm', ...env } })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  // Typing to a command that has gone is for the test to notice, by what it shows.
  child.stdin.on('error', () => {})
  return {
    stdout: watch(child.stdout),
    stderr: watch(child.stderr),
    exited: new Promise((resolve, reject) => {
      child.on('close', resolve)
      child.on('error', reject)
    }),
    type: (text) => child.stdin.write(text),
    endInput: () => child.stdin.end(),
    interrupt: () => child.kill('SIGINT'),
  }
}

/** `script`, of util-linux or of the BSDs, lends a terminal. */
const inTerminal = (command: readonly string[]): readonly string[] =>
  process.platform === 'linux'
    ? ['script', '-qec', command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' '), '/dev/null']
    : ['script', '-q', '/dev/null', ...command]

function watch(output: NodeJS.ReadableStream & { destroy(): unknown }): Watched {
  const pieces: string[] = []
  const text = (): string => pieces.join('')
  const checks = new Set<() => void>()
  let ended = false
  const change = (): void => {
    for (const check of checks) check()
  }
  output.setEncoding('utf8')
  output.on('data', (piece: string) => {
    pieces.push(piece)
    change()
  })
  output.on('close', () => {
    ended = true
    change()
  })
  return {
    text,
    shows: (what) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (text().includes(what)) resolve()
          else if (ended) reject(new Error(`It ended without showing ${JSON.stringify(what)}:\n${text()}`))
          else return
          checks.delete(check)
        }
        checks.add(check)
        check()
      }),
    close: () => output.destroy(),
  }
}
