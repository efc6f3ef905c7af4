import { describe, expect, it, vi } from 'vitest'
import { StreamLostError, type StreamStore } from '../src/index.js'
import { createRedisStore } from '../src/redis/index.js'
import { type RedisServer, startRedis, whyNoRedis } from './start-redis.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** One instance of a relay, as far as its store goes. */
const openStore = async (redis: RedisServer): Promise<StreamStore> =>
  createRedisStore({ client: await redis.connect(), heartbeatMs: 50 })

const begin = (store: StreamStore, id = 'the-stream') => {
  const onStop = vi.fn()
  const onUnread = vi.fn()
  return { ...store.create({ id, owner: 'ann', onStop, onUnread }), onStop, onUnread }
}

const found = async (store: StreamStore, id = 'the-stream') =>
  vi.waitFor(async () => {
    const stored = await store.find(id)
    if (stored === undefined) throw new Error('not there yet')
    return stored
  })

const readAll = async (store: StreamStore, after = 0, id?: string): Promise<string> => {
  const source = (await found(store, id)).read(after)
  let text = ''
  for (let next = await source.read(); next !== undefined; next = await source.read()) {
    text += new TextDecoder().decode(next)
  }
  source.cancel()
  return text
}

describe('a store in Redis', () => {
  if (whyNoRedis !== undefined) {
    it('(skipped)', ({ skip }) => skip(whyNoRedis))
    return
  }

  it('gives what one instance makes to the readers of another, from any event on, and on', async () => {
    const redis = await startRedis()
    const [a, b] = [await openStore(redis), await openStore(redis)]
    const writer = begin(a)
    writer.append(bytes(': c\n'), false)
    writer.append(bytes('data: 1\n\n'), true)
    writer.append(bytes('data: 2\n\n'), true)
    const late = (await found(b)).read(2)
    const all = readAll(b)
    const fromOne = readAll(b, 1)
    const next = late.read()
    writer.append(bytes('data: \u00e9\n\n'), true)
    writer.append(new Uint8Array([0x3a, 0xff, 0x0a]), false)
    expect(new TextDecoder().decode(await next)).toMatch(/^data: \u00e9\n\n/)
    writer.finish()
    expect(await all).toBe(': c\ndata: 1\n\ndata: 2\n\ndata: \u00e9\n\n:\ufffd\n')
    expect(await fromOne).toBe('data: 2\n\ndata: \u00e9\n\n:\ufffd\n')
    expect((await found(b)).owner).toBe('ann')
    expect(await b.find('another')).toBeUndefined()
    await Promise.all([a.close(), b.close()])
  })

  it('does not give twice what a reader of the faster instance has already seen', async () => {
    const redis = await startRedis()
    const [a, b] = [await openStore(redis), await openStore(redis)]
    const writer = begin(a)
    writer.append(bytes('data: 1\n\n'), true)
    const ahead = readAll(b, 2)
    await found(b)
    writer.append(bytes('data: 2\n\n'), true)
    writer.append(bytes('data: 3\n\n'), true)
    writer.finish()
    expect(await ahead).toBe('data: 3\n\n')
    await Promise.all([a.close(), b.close()])
  })

  it('passes a stop on to the instance that makes the stream', async () => {
    const redis = await startRedis()
    const [a, b] = [await openStore(redis), await openStore(redis)]
    const { onStop } = begin(a)
    await (await found(b)).stop()
    await vi.waitFor(() => expect(onStop).toHaveBeenCalledTimes(1))
    await Promise.all([a.close(), b.close()])
  })

  it('knows of readers at another instance', async () => {
    const redis = await startRedis()
    const [a, b] = [await openStore(redis), await openStore(redis)]
    const writer = begin(a)
    const source = (await found(b)).read(0)
    await vi.waitFor(async () => expect(await writer.isRead()).toBe(true))
    source.cancel()
    await vi.waitFor(async () => expect(await writer.isRead()).toBe(false))
    await Promise.all([a.close(), b.close()])
  })

  it('gives all that was stored when the instance dies, and then says so', async () => {
    const redis = await startRedis()
    const b = await openStore(redis)
    // An instance that wrote, and has said for the last time that it lives.
    const client = await redis.connect()
    const dead = createRedisStore({ client, heartbeatMs: 50 })
    const writer = begin(dead)
    writer.append(bytes('data: 1\n\n'), true)
    const source = (await found(b)).read(0)
    expect(new TextDecoder().decode(await source.read())).toBe('data: 1\n\n')
    const next = source.read()
    await dead.close()
    await expect(next).rejects.toThrow(StreamLostError)
    await expect((await found(b)).read(1).read()).rejects.toThrow(StreamLostError)
    await b.close()
  })

  it('loses nothing of an answer when Redis is killed, and comes back with nothing', async () => {
    const redis = await startRedis()
    const [a, b] = [await openStore(redis), await openStore(redis)]
    const writer = begin(a)
    writer.append(bytes('data: 1\n\n'), true)
    const here = readAll(a)
    const there = readAll(b)
    await found(b)
    await redis.kill()
    writer.append(bytes('data: 2\n\n'), true)
    writer.finish()
    expect(await here).toBe('data: 1\n\ndata: 2\n\n')
    await redis.start()
    expect(await there).toBe('data: 1\n\ndata: 2\n\n')
    expect(await readAll(await openStore(redis))).toBe('data: 1\n\ndata: 2\n\n')
    await Promise.all([a.close(), b.close()])
  })
})
