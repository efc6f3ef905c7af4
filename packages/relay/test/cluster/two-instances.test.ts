import { createChatClient, isChatStreamError, resumable, text } from '@chatstream/core'
import { startSimulator } from '@chatstream/simulator'
import { firstValueFrom, toArray } from 'rxjs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startRedis, whyNoRedis } from '../start-redis.js'
import { ask, say } from '../start-relay.js'
import { startProcess } from './start-process.js'

/** With CHATSTREAM_LARGE=1 as many as a machine may have. */
const streams = process.env['CHATSTREAM_LARGE'] ? 200 : 16

const idsIn = (body: string): number[] => [...body.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))

/** Reads until the body ends, or breaks. */
async function readUntilBroken(response: Response): Promise<string> {
  let body = ''
  const decoder = new TextDecoder()
  try {
    for await (const chunk of response.body ?? []) body += decoder.decode(chunk, { stream: true })
  } catch {
    // The instance was killed: what had come counts.
  }
  return body
}

describe('two instances and one Redis', () => {
  if (whyNoRedis !== undefined) {
    it('(skipped)', ({ skip }) => skip(whyNoRedis))
    return
  }
  const start = async (tokensPerSecond: number) => {
    const simulator = await startSimulator({ tokensPerSecond })
    onTestFinished(() => simulator.close())
    const redis = await startRedis()
    const variables = { BASE_URL: simulator.url, REDIS_SOCKET: redis.socket }
    const [a, b] = await Promise.all([startProcess(variables), startProcess(variables)])
    return { simulator, a, b }
  }

  it('any serves any reader, and stops any stream', async () => {
    const { simulator, a, b } = await start(200)
    const first = await ask(a.url, say('[[tokens 60]] Go on'))
    const id = first.headers.get('x-stream-id') ?? ''
    const there = createChatClient({ baseURL: b.url, resumable: resumable() })
    const followed = firstValueFrom((there.resume?.(id) ?? expect.fail()).pipe(text(), toArray()))
    const direct = await first.text()
    expect((await followed).join('').length).toBeGreaterThan(100)
    expect(await (await fetch(`${b.url}/streams/${id}`)).text()).toBe(direct)

    const stalled = await ask(a.url, say('[[fault stall after=3]] Hello'))
    await there.stop?.(stalled.headers.get('x-stream-id') ?? '')
    expect(await stalled.text()).toContain('"code":"stopped"')
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  }, 20_000)

  it('one is killed in mid-stream: each reader gets all that was stored, and a typed error', async () => {
    const { simulator, a, b } = await start(30)
    const asked = await Promise.all(
      Array.from({ length: streams }, () => ask(a.url, say('[[tokens 2000]] Go on'))),
    )
    const ids = asked.map(({ headers }) => headers.get('x-stream-id') ?? '')
    const here = asked.map(readUntilBroken)
    const there = await Promise.all(ids.map((id) => fetch(`${b.url}/streams/${id}`)))
    const followed = there.map(readUntilBroken)
    await simulator.journal.waitFor(({ eventsWritten }) => eventsWritten > 20, { timeoutMs: 20_000 })
    await a.kill()

    const broken = await Promise.all(here)
    const check = async (body: string, at: number): Promise<void> => {
      const seen = idsIn(body)
      expect(seen).toEqual(seen.map((_, index) => index + 1))
      expect(body).toMatch(
        /data: \{"error":\{"message":".*","type":"upstream_error","code":"stream_lost"\}\}\n\n$/,
      )
      // Who was cut off at the dead one goes on at the other: nothing twice, nothing left out.
      const last = idsIn(broken[at] ?? '').at(-1) ?? 0
      const resumed = await fetch(`${b.url}/streams/${ids[at]}`, {
        headers: { 'last-event-id': String(last) },
      })
      const rest = await resumed.text()
      expect(rest).toContain('"stream_lost"')
      expect(idsIn(rest)).toEqual(seen.filter((id) => id > last))
    }
    await Promise.all((await Promise.all(followed)).map(check))
    expect(Math.min(...broken.map((body) => idsIn(body).length))).toBeGreaterThan(3)

    const there0 = createChatClient({ baseURL: b.url, resumable: resumable() }).resume?.(ids[0] ?? '')
    const error: unknown = await firstValueFrom((there0 ?? expect.fail()).pipe(toArray())).catch(
      (e: unknown) => e,
    )
    expect(isChatStreamError(error) && [error.kind, error.code, error.retryable]).toEqual([
      'upstream',
      'stream_lost',
      true,
    ])
  }, 60_000)
})
