import { RESP_TYPES } from 'redis'
import type { Fields } from './entries.js'
import type { RedisClient } from './redis-store-options.js'

/** Something to read on: a Redis stream, from an entry on. */
export interface Listening {
  readonly key: string
  readonly cursor: () => string
  readonly take: (entry: string, fields: Fields) => void
}

export interface Listener {
  readonly close: () => void
}

/**
 * Reads all that this instance follows by one connection, which blocks until there is news. To follow one stream more it
 * must be woken: by an entry in a stream that it reads.
 *
 * @param client its own connection, opened here.
 * @param listenings asked for anew before each read.
 */
export function listen(
  client: RedisClient,
  listenings: () => readonly Listening[],
  { blockMs, onError }: { readonly blockMs: number; readonly onError: (error: unknown) => void },
): Listener {
  let isClosed = false
  const reader = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer })
  client.on('error', onError)

  const readOnce = async (): Promise<void> => {
    const followed = new Map(listenings().map((listening) => [listening.key, listening]))
    const from = [...followed.values()].map(({ key, cursor }) => ({ key, id: cursor() }))
    const news = await reader.xRead(from, { BLOCK: blockMs, COUNT: 500 })
    for (const { name, messages } of news ?? []) {
      const listening = followed.get(String(name))
      for (const { id, message } of messages) listening?.take(String(id), message)
    }
  }
  const run = async (): Promise<void> => {
    await client.connect().catch(onError)
    while (!isClosed) {
      try {
        await readOnce()
      } catch (error) {
        if (isClosed) return
        onError(error)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }
  void run()
  return {
    close() {
      isClosed = true
      client.destroy()
    },
  }
}
