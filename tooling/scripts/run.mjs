// Runs one command of the workspace in the foreground.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const env = {
  ...process.env,
  PATH: `${root}node_modules/.bin${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
}

/**
 * Returns the exit code. A quiet command shows what it printed, on stderr, only if it failed: so stdout belongs to the
 * program that follows.
 */
export const run = (command, args, { quiet = false, variables = {} } = {}) => {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    env: { ...env, ...variables },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (error) console.error(`${command}: ${error.message}`)
  if (quiet && status !== 0) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  return status ?? 1
}

/** The same, and ends the script if the command failed. */
export const runOrExit = (command, args, options) => {
  const status = run(command, args, options)
  if (status !== 0) process.exit(status)
}
