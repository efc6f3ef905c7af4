import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

interface Usage {
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  readonly running: number
}

export interface RelayProcess {
  readonly url: string
  readonly usage: () => Promise<Usage>
  /** As `kill -9` does: it has no last words. */
  readonly kill: () => Promise<void>
}

/** A relay in a process of its own, from what was built; killed at the end of the test at the latest. */
export async function startProcess(variables: Readonly<Record<string, string>>): Promise<RelayProcess> {
  const child: ChildProcess = fork(fileURLToPath(new URL('relay-process.mjs', import.meta.url)), {
    env: { ...process.env, ...variables },
    execArgv: ['--expose-gc'],
  })
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  onTestFinished(kill)
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return {
    url: `http://127.0.0.1:${port}/v1`,
    kill,
    async usage() {
      child.send('usage')
      const [usage] = (await once(child, 'message')) as [Usage]
      return usage
    },
  }
}
