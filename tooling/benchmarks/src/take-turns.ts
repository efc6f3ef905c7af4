import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { endedEarly } from './run-node.js'

/** Workers that live side by side, each in a process of its own, and work one after the other. */
export interface Crew<Reply> {
  /** Plays with each of them once, and gives what came of it by its name; every second time in the reverse order. */
  readonly turn: <Result>(
    play: Play<Reply, Result>,
    isDue?: (name: string) => boolean,
  ) => Promise<Map<string, Result>>
  readonly close: () => void
}

type Play<Reply, Result> = (tell: Worker<Reply>['tell'], name: string) => Promise<Result>

/**
 * Starts a worker for each name, one by one. The script says how it works: see `takeTurns`.
 *
 * @param onFail is told why one ended before its work was done. The others go on without it.
 */
export async function startCrew<Reply>(
  names: readonly string[],
  script: URL,
  taskOf: (name: string) => unknown,
  onFail: (name: string, error: unknown) => void,
): Promise<Crew<Reply>> {
  const workers = new Map<string, Worker<Reply>>()
  const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      workers.delete(name)
      onFail(name, error)
    }
  }
  for (const name of names)
    await attempt(name, async () => workers.set(name, await startWorker(script, taskOf(name))))
  let turns = 0
  return {
    async turn<Result>(play: Play<Reply, Result>, isDue = (_name: string) => true) {
      const results = new Map<string, Result>()
      const due = [...workers].filter(([name]) => isDue(name))
      for (const [name, { tell }] of turns++ % 2 === 0 ? due : due.toReversed())
        await attempt(name, async () => results.set(name, await play(tell, name)))
      return results
    },
    close() {
      for (const worker of workers.values()) worker.close()
    },
  }
}

interface Worker<Reply> {
  /** Gives its reply. */
  readonly tell: (message: string | number) => Promise<Reply>
  readonly close: () => void
}

/** In this version of Node. Rejects with what the script printed as an error if it ends before it has replied. */
async function startWorker<Reply>(script: URL, task: unknown): Promise<Worker<Reply>> {
  const child = fork(fileURLToPath(script), [JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const ended = once(child, 'close').then(([code]) => {
    throw endedEarly(errors, code)
  })
  ended.catch(() => {}) // told by the turn that waits
  const answer = async (): Promise<Reply> => {
    const [reply] = await Promise.race([once(child, 'message'), ended])
    return reply as Reply
  }
  await answer()
  return {
    tell(message) {
      child.send(message)
      return answer()
    },
    close: () => child.disconnect(),
  }
}

/** In the worker: tells that it is ready, and does this whenever it is its turn. */
export function takeTurns<Message, Reply>(work: (message: Message) => Promise<Reply>): void {
  process.on('message', async (message: Message) => process.send?.(await work(message)))
  process.on('disconnect', () => process.exit())
  process.send?.('ready')
}
