import { startServer } from './start-server.js'

try {
  const server = await startServer(process.env)
  const signals = ['SIGINT', 'SIGTERM'] as const
  const end = (): void => {
    // Once: a second signal ends the process at once.
    for (const signal of signals) process.removeListener(signal, end)
    void server.close()
  }
  for (const signal of signals) process.on(signal, end)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
