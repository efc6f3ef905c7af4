#!/usr/bin/env node
import { help } from './command/help.js'
import { readArguments } from './command/read-arguments.js'
import { UsageError } from './command/usage-error.js'
import { ApiError } from './http/api-error.js'
import { startSimulator } from './start-simulator.js'

try {
  const options = readArguments(process.argv.slice(2))
  if (options === 'help') {
    process.stdout.write(help())
  } else {
    const simulator = await startSimulator(options)
    // Listened to once: a second signal ends the process at once, should closing take too long.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
    process.stdout.write(`The simulator listens at ${simulator.url}\n`)
  }
} catch (error) {
  const isUsage = error instanceof UsageError || error instanceof ApiError || error instanceof RangeError
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(`chatstream-simulator: ${reason}${isUsage ? ' (see --help)' : ''}\n`)
  process.exitCode = isUsage ? 2 : 1
}
