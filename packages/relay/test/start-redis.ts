import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { onTestFinished } from 'vitest'
import type { RedisClient } from '../src/redis/index.js'

const path = process.env['REDIS_PATH'] || 'redis-server'

/** Why no test with a Redis can run here; nothing if they can. */
export const whyNoRedis: string | undefined =
  spawnSync(path, ['--version']).status === 0
    ? undefined
    : 'there is no redis-server: install one, or set REDIS_PATH'

export interface RedisServer {
  readonly socket: string
  /** A client of its own, which closes at the end of the test. */
  readonly connect: () => Promise<RedisClient>
  /** Kills it, and so loses all that it had. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
}

/** A Redis of the test's own, on a socket in a directory of its own, which keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'chatstream-redis-'))
  const socket = join(directory, 'redis.sock')
  let server: ChildProcess | undefined
  const start = async (): Promise<void> => {
    const options = [
      '--port',
      '0',
      '--unixsocket',
      socket,
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      directory,
    ]
    server = spawn(path, options, { stdio: ['ignore', 'pipe', 'inherit'] })
    for await (const line of server.stdout ?? []) if (String(line).includes('eady to accept')) break
  }
  const kill = async (): Promise<void> => {
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return
    const gone = once(server, 'exit')
    server.kill('SIGKILL')
    await gone
    rmSync(socket, { force: true })
  }
  await start()
  onTestFinished(async () => {
    await kill()
    rmSync(directory, { recursive: true, force: true })
  })
  return {
    socket,
    start,
    kill,
    async connect() {
      const client = createClient({ socket: { path: socket, tls: false } })
      client.on('error', () => {})
      await client.connect()
      onTestFinished(() => {
        if (client.isOpen) client.destroy()
      })
      return client
    },
  }
}
