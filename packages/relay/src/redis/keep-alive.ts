import type { Keys } from './create-keys.js'
import type { Replica } from './create-replica.js'
import type { LocalStream } from './local-stream.js'
import type { RedisClient } from './redis-store-options.js'

export interface KeepAliveOptions {
  readonly client: RedisClient
  readonly keys: Keys
  readonly instance: string
  readonly locals: ReadonlyMap<string, LocalStream>
  readonly replicas: ReadonlyMap<string, Replica>
  readonly heartbeatMs: number
  readonly ttlMs: number
  /** The instance that makes this stream is dead. */
  readonly onDead: (replica: Replica) => void
  readonly onError: (error: unknown) => void
}

/** The longest that node-redis waits between two attempts to connect, and some more, in milliseconds. */
const RECONNECT_MS = 4000

/**
 * Says, again and again, that this instance lives, what it makes and what it reads; and looks whether those live whose
 * streams are read here. Returns what ends it.
 */
export function keepAlive(options: KeepAliveOptions): () => void {
  const { client, keys, instance, locals, replicas, heartbeatMs, ttlMs, onDead, onError } = options
  const deadAfterMs = heartbeatMs * 3
  /** A Redis that was away may have forgotten who lives: they get the time to come back, and to say so again. */
  let trustedFrom = 0
  let isBeating = false

  const say = async (): Promise<void> => {
    const said: Promise<unknown>[] = [
      client.set(keys.life(instance), '1', { PX: deadAfterMs }),
      client.pExpire(keys.orders(instance), ttlMs),
    ]
    for (const { id, log, writing } of locals.values()) {
      writing.flush()
      if (!log.isFinished()) said.push(client.pExpire(keys.stream(id), ttlMs))
    }
    for (const { id, readers } of replicas.values()) {
      if (readers > 0) said.push(client.set(keys.readers(id), '1', { PX: deadAfterMs }))
    }
    await Promise.all(said)
  }

  const look = async (): Promise<void> => {
    const waiting = [...replicas.values()].filter(({ log }) => !log.isFinished())
    const makers = [...new Set(waiting.map((replica) => replica.instance))]
    const lives = await Promise.all(makers.map((maker) => client.exists(keys.life(maker))))
    if (Date.now() < trustedFrom) return
    for (const replica of waiting) if (lives[makers.indexOf(replica.instance)] === 0) onDead(replica)
  }

  const beat = async (): Promise<void> => {
    if (isBeating) return // Redis does not answer
    isBeating = true
    try {
      await say()
      await look()
    } catch (error) {
      onError(error)
    } finally {
      isBeating = false
    }
  }
  const trust = (): void => {
    trustedFrom = Date.now() + deadAfterMs + RECONNECT_MS
    for (const { writing } of locals.values()) writing.check()
  }
  client.on('ready', trust)
  const beating = setInterval(() => void beat(), heartbeatMs)
  void beat()
  return () => {
    clearInterval(beating)
    client.off('ready', trust)
  }
}
