// Runs one command of the workspace in the foreground, and ends the script with its exit code if it fails.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

const env = {
  ...process.env,
  PATH: `${root}node_modules/.bin${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
}

/** Everything is shown on stderr if `quiet`, so that stdout belongs to the program that follows. */
export const run = (command, args, { quiet = false } = {}) => {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: quiet ? ['ignore', 2, 2] : ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status ?? 1
}

export const runOrExit = (command, args, options) => {
  const status = run(command, args, options)
  if (status !== 0) process.exit(status)
}
