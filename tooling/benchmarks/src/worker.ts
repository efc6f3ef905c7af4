import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A script in a process of its own, in this version of Node, that works when it is told to. */
export interface Worker<Reply> {
  /** Lets it work once; rejects with what it printed as an error if it ends in place of an answer. */
  readonly turn: (message: string | number) => Promise<Reply>
  readonly close: () => void
}

/** Starts it, and waits until it is ready: see `takeTurns`. */
export async function startWorker<Reply>(script: URL, task: unknown): Promise<Worker<Reply>> {
  const child = fork(fileURLToPath(script), [JSON.stringify(task)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(errors.trim().split('\n').slice(-12).join('\n') || `Ended with ${code}.`)
  })
  ended.catch(() => {}) // told by the turn that waits
  const answer = async (): Promise<Reply> => {
    const [reply] = await Promise.race([once(child, 'message'), ended])
    return reply as Reply
  }
  await answer()
  return {
    turn(message) {
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
