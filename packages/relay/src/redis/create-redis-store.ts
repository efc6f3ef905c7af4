import { randomUUID } from 'node:crypto'
import { RESP_TYPES } from 'redis'
import type { ByteSource } from '../store/byte-source.js'
import { createStreamLog } from '../store/create-stream-log.js'
import { readLog } from '../store/read-log.js'
import type { StoredStream, StreamStore } from '../store/stream-store.js'
import { createKeys } from './create-keys.js'
import { createReplica, type Replica } from './create-replica.js'
import { createWriteBehind } from './create-write-behind.js'
import { keepAlive } from './keep-alive.js'
import { type Listening, listen } from './listen.js'
import type { LocalStream } from './local-stream.js'
import type { RedisStoreOptions } from './redis-store-options.js'

/**
 * Keeps streams in Redis: any instance serves any reader, and stops any stream. Who reads where the stream is made reads
 * from memory; Redis is written to behind it, and may go away and come back. Of an instance that dies, the readers elsewhere
 * get what it had stored, and then a `StreamLostError`. For one Redis, or one with replicas; not for a cluster.
 *
 * @example
 * ```ts
 * import { createRelay } from '@chatstream/relay'
 * import { createRedisStore } from '@chatstream/relay/redis'
 * import { createClient } from 'redis'
 *
 * const client = createClient({ url: 'redis://127.0.0.1:6379' }).on('error', () => {})
 * await client.connect()
 * const relay = createRelay({
 *   apiKey: 'KEY',
 *   authorize: () => ({ id: 'anyone' }),
 *   store: createRedisStore({ client }),
 * })
 * ```
 */
export function createRedisStore(options: RedisStoreOptions): StreamStore {
  const { client, ttlMs = 300_000, heartbeatMs = 2000, prefix = 'chatstream:', onError = ignore } = options
  const keys = createKeys(prefix)
  const instance = randomUUID()
  const locals = new Map<string, LocalStream>()
  const replicas = new Map<string, Replica>()
  const buffers = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
  let lastOrder = '0-0'

  const order = async (to: string, fields: Record<string, string>): Promise<void> => {
    const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: 1000 } as const
    await client.xAdd(keys.orders(to), '*', fields, { TRIM })
    await client.pExpire(keys.orders(to), ttlMs)
  }
  const orders: Listening = {
    key: keys.orders(instance),
    cursor: () => lastOrder,
    take(entry, { stop }) {
      lastOrder = entry
      const local = stop === undefined ? undefined : locals.get(stop.toString())
      if (local !== undefined && !local.log.isFinished()) local.onStop()
    },
  }
  const listener = listen(
    client.duplicate(),
    () => {
      const open = [...replicas.values()].filter(({ log }) => !log.isFinished())
      return [orders, ...open.map(({ id, cursor, take }) => ({ key: keys.stream(id), cursor, take }))]
    },
    { blockMs: heartbeatMs, onError },
  )
  const endLife = keepAlive({
    ...{ client, keys, instance, locals, replicas, heartbeatMs, ttlMs, onError },
    onDead: (replica) => void lose(replica).catch(onError),
  })

  const readOn = async (replica: Replica): Promise<void> => {
    const from = `(${replica.cursor()}`
    for (const { id, message } of (await buffers.xRange(keys.stream(replica.id), from, '+')) ?? []) {
      replica.take(String(id), message)
    }
  }
  /** After the last of what it had stored. */
  const lose = async (replica: Replica): Promise<void> => {
    await readOn(replica)
    if (!replica.log.isFinished()) replica.lose()
  }

  const openReplica = async (id: string): Promise<Replica | undefined> => {
    const [head] = (await client.xRange(keys.stream(id), '-', '+', { COUNT: 1 })) ?? []
    const { owner, instance: maker }: Partial<Record<string, string>> = head?.message ?? {}
    if (owner === undefined || maker === undefined) return undefined
    return createReplica(id, owner, maker)
  }
  /** Followed as long as anybody reads it here. */
  const readReplica = (fresh: Replica, after: number): ByteSource => {
    const replica = replicas.get(fresh.id) ?? fresh
    replica.readers++
    if (replica === fresh) {
      replicas.set(replica.id, replica)
      // What is there already comes at once; the order only wakes the connection that reads on.
      readOn(replica)
        .then(() => (replica.log.isFinished() ? undefined : order(instance, { wake: '1' })))
        .catch(onError)
    }
    client.set(keys.readers(replica.id), '1', { PX: heartbeatMs * 3 }).catch(onError)
    return readLog(replica.log, after, () => {
      if (--replica.readers === 0) replicas.delete(replica.id)
    })
  }

  return {
    create(stream) {
      const log = createStreamLog()
      const writing = createWriteBehind(
        client,
        keys.stream(stream.id),
        { owner: stream.owner, instance },
        log,
        {
          ttlMs,
          onError,
        },
      )
      const local: LocalStream = { ...stream, log, writing, readers: 0 }
      locals.set(stream.id, local)
      writing.flush()
      return {
        append(bytes, endsEvent) {
          log.append(bytes, endsEvent)
          writing.flush()
        },
        finish() {
          log.finish()
          writing.flush()
          setTimeout(() => locals.delete(stream.id), ttlMs).unref()
        },
        isRead: async () => local.readers > 0 || (await client.exists(keys.readers(stream.id))) > 0,
      }
    },
    async find(id) {
      const local = locals.get(id)
      if (local !== undefined) return storedLocal(local)
      const replica = replicas.get(id) ?? (await openReplica(id))
      if (replica === undefined) return undefined
      return {
        owner: replica.owner,
        read: (after) => readReplica(replica, after),
        stop: () => order(replica.instance, { stop: id }),
      }
    },
    async close() {
      endLife()
      await Promise.race([
        Promise.all([...locals.values()].map(({ writing }) => writing.written())),
        new Promise((resolve) => setTimeout(resolve, heartbeatMs).unref()),
      ])
      // Whoever reads an unfinished stream elsewhere need not wait to learn of it.
      if (client.isReady) await client.del(keys.life(instance)).catch(onError)
      listener.close()
      locals.clear()
    },
  }
}

function storedLocal(local: LocalStream): StoredStream {
  const { owner, log } = local
  return {
    owner,
    read(after) {
      local.readers++
      return readLog(log, after, () => {
        if (--local.readers === 0 && !log.isFinished()) local.onUnread()
      })
    },
    async stop() {
      if (!log.isFinished()) local.onStop()
    },
  }
}

// What Redis did not take is kept, and written later: an error of it needs nobody who hears it.
const ignore = (): void => {}
