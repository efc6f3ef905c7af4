import { type Simulator, startSimulator } from '@chatstream/simulator'
import { filter, firstValueFrom, ReplaySubject } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type ChatClientOptions, createChatClient } from '../src/create-chat-client.js'
import type { ChatEvent } from '../src/event/chat-event.js'
import { createChatSession } from '../src/session/create-chat-session.js'
import { type Collected, settled } from './collect.js'
import { textOf } from './watch-session.js'

// The attempt engine over real sockets: the simulator's journal is the witness of what was sent.

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ seed: 1 })
})
afterEach(async () => {
  vi.useRealTimers()
  await simulator.close()
})

const prompt = (text: string) => ({
  model: 'deepseek-chat',
  messages: [{ role: 'user', content: text }] as const,
})

const ask = (
  faults: string,
  options: ChatClientOptions = {},
  signal?: AbortSignal,
): Promise<Collected<ChatEvent>> => {
  const client = createChatClient({
    baseURL: simulator.url,
    apiKey: 'old',
    retry: { baseDelayMs: 1 },
    ...options,
  })
  const text = faults === '' ? 'Hello' : `[[fault ${faults}]] Hello`
  return settled(client.stream(prompt(text), { signal }))
}

const requests = () => simulator.journal.entries
const statuses = () => requests().map(({ status }) => status)
const keys = () => requests().map(({ headers }) => headers.authorization?.replace('Bearer ', ''))
const said = ({ values }: Collected<ChatEvent>): string =>
  values.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')
/** The events but for pieces of content, comments and counts. */
const course = ({ values }: Collected<ChatEvent>): readonly string[] =>
  values.map(({ type }) => type).filter((type) => /^attempt|^response|^answer/.test(type))

describe('a refused key', () => {
  it('is refreshed once, and the request sent again with the new one', async () => {
    const refreshApiKey = vi.fn(async () => 'new')
    const answer = await ask('unauthorized', { refreshApiKey })
    expect(answer.end).toBe('complete')
    expect(said(answer)).toContain('Hello')
    expect(course(answer)).toEqual([
      'attempt-start',
      'attempt-failed',
      'attempt-start',
      'response-start',
      'answer-end',
    ])
    expect(refreshApiKey).toHaveBeenCalledTimes(1)
    expect(statuses()).toEqual([401, 200])
    expect(keys()).toEqual(['old', 'new'])
  })

  it('is refreshed once for twenty streams at the same time', async () => {
    await simulator.close()
    simulator = await startSimulator({ apiKeys: ['new'] })
    const refreshApiKey = vi.fn(async () => 'new')
    const client = createChatClient({ baseURL: simulator.url, apiKey: 'old', refreshApiKey })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => settled(client.stream(prompt('Hello')))),
    )
    expect(answers.every(({ end }) => end === 'complete')).toBe(true)
    expect(refreshApiKey).toHaveBeenCalledTimes(1)
    expect(keys().filter((key) => key === 'old').length).toBe(20)
    expect(keys().filter((key) => key === 'new').length).toBe(20)
    await settled(client.stream(prompt('Hello')))
    expect(keys().at(-1)).toBe('new')
    expect(requests().length).toBe(41)
  })

  it('is told when it is refused again: two requests, and no third', async () => {
    const refreshApiKey = vi.fn(async () => 'new')
    const { end, error } = await ask('unauthorized always', { refreshApiKey })
    expect(end).toBe('error')
    expect(error).toMatchObject({
      kind: 'authentication',
      status: 401,
      retryable: false,
      requestId: requests()[1]?.id,
    })
    expect(refreshApiKey).toHaveBeenCalledTimes(1)
    expect(statuses()).toEqual([401, 401])
  })

  it('is told at once where there is no other key to be had', async () => {
    expect((await ask('unauthorized')).error).toMatchObject({ kind: 'authentication', status: 401 })
    expect(statuses()).toEqual([401])
  })

  it('is told with the reason when the refresh fails', async () => {
    const offline = new Error('offline')
    const { error } = await ask('unauthorized', { refreshApiKey: () => Promise.reject(offline) })
    expect(error).toMatchObject({ kind: 'authentication', cause: offline })
    expect(statuses()).toEqual([401])
  })

  it('is refreshed also when it is refused in the first frame of a 200', async () => {
    const refreshApiKey = vi.fn(async () => 'new')
    const answer = await ask('error-frame code=401 times=1', { refreshApiKey })
    expect(answer.end).toBe('complete')
    expect(refreshApiKey).toHaveBeenCalledTimes(1)
    expect(keys()).toEqual(['old', 'new'])
  })

  it('sends nothing more when it is aborted while the key is refreshed', async () => {
    const controller = new AbortController()
    let refreshed = (_: string): void => {}
    const refreshApiKey = vi.fn(() => new Promise<string>((resolve) => (refreshed = resolve)))
    const answering = ask('unauthorized', { refreshApiKey }, controller.signal)
    await vi.waitFor(() => expect(refreshApiKey).toHaveBeenCalled(), { interval: 1 })
    controller.abort()
    expect((await answering).end).toBe('complete')
    refreshed('new')
    await ask('')
    expect(keys()).toEqual(['old', 'old'])
  })
})

describe('a busy server', () => {
  it.concurrent.each(['seconds', 'date', 'ms', 'reset'])('is asked again when it says: %s', async (form) => {
    const local = await startSimulator()
    const client = createChatClient({ baseURL: local.url, apiKey: 'any' })
    const answer = await settled(client.stream(prompt(`[[fault rate-limit form=${form} times=1]] Hello`)))
    expect(answer.end).toBe('complete')
    const [first, second] = local.journal.entries
    const failed = answer.values.find((event) => event.type === 'attempt-failed')
    expect(failed).toMatchObject({ error: { kind: 'rate-limit', status: 429 }, attempt: 1 })
    expect(failed?.retryInMs).toBeGreaterThan(900)
    expect(failed?.retryInMs).toBeLessThanOrEqual(2001) // a date has whole seconds only
    expect((second?.receivedAt ?? 0) - (first?.endedAt ?? 0)).toBeGreaterThanOrEqual(
      (failed?.retryInMs ?? 0) - 5,
    )
    expect(local.journal.entries.map(({ status }) => status)).toEqual([429, 200])
    await local.close()
  })

  it.each(['seconds', 'date', 'ms', 'reset'])(
    'is waited for however long it asks, up to the limit: %s',
    async (form) => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_800_000_000_000 })
      const client = createChatClient({ baseURL: simulator.url, apiKey: 'any' })
      const seen$ = new ReplaySubject<ChatEvent>()
      const next = (type: ChatEvent['type']) =>
        firstValueFrom(seen$.pipe(filter((event) => event.type === type)))
      let last: ChatEvent | undefined
      seen$.subscribe((event) => {
        last = event
      })
      client.stream(prompt(`[[fault rate-limit form=${form} after=50 times=1]] Hello`)).subscribe(seen$)
      expect(await next('attempt-failed')).toMatchObject({ retryInMs: 50_000 })
      vi.advanceTimersByTime(49_999)
      expect(last?.type).toBe('attempt-failed')
      vi.advanceTimersByTime(1)
      expect(last?.type).toBe('attempt-start')
      vi.useRealTimers() // the answer comes over a real socket
      await next('cost')
      expect(statuses()).toEqual([429, 200])
    },
  )

  it('is told at once, with the time, when it asks for more than the limit', async () => {
    const before = Date.now()
    const { error } = await ask('rate-limit after=3600')
    expect(error).toMatchObject({ kind: 'rate-limit', status: 429, retryable: true })
    expect((error as { retryAt: number }).retryAt).toBeGreaterThanOrEqual(before + 3_600_000)
    expect((error as { retryAt: number }).retryAt).toBeLessThanOrEqual(Date.now() + 3_600_000)
    expect(statuses()).toEqual([429])
  })

  it('is backed off from when it does not say, and told after the last attempt', async () => {
    const answer = await ask('rate-limit form=none')
    expect(answer.error).toMatchObject({ kind: 'rate-limit' })
    expect(statuses()).toEqual([429, 429, 429])
    expect(course(answer)).toEqual([
      'attempt-start',
      'attempt-failed',
      'attempt-start',
      'attempt-failed',
      'attempt-start',
    ])
  })

  it('is not asked again if retrying is switched off', async () => {
    expect((await ask('rate-limit form=none', { retry: false })).error).toMatchObject({ kind: 'rate-limit' })
    expect(statuses()).toEqual([429])
  })

  it('is left in peace when the wait is aborted', async () => {
    const controller = new AbortController()
    const client = createChatClient({ baseURL: simulator.url, apiKey: 'any' })
    const seen: string[] = []
    const answering = new Promise<void>((resolve) =>
      client
        .stream(prompt('[[fault rate-limit after=30]] Hello'), { signal: controller.signal })
        .subscribe({ next: ({ type }) => seen.push(type), complete: resolve }),
    )
    await vi.waitFor(() => expect(seen.at(-1)).toBe('attempt-failed'), { interval: 1 })
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const before = timers()
    controller.abort()
    await answering
    expect(timers()).toBeLessThan(before)
    expect(statuses()).toEqual([429])
  })
})

describe('a failing endpoint', () => {
  const headers = (faults: string) => ({ 'x-simulator-fault': faults })
  const at = (name: string): string => simulator.url.replace('/v1', `/${name}/v1`)

  it('is replaced by the next one: one answer, and its endpoint is named', async () => {
    const client = createChatClient({
      baseURL: at('a'),
      apiKey: 'key-a',
      headers: headers('status code=500'),
      fallbacks: [{ baseURL: at('b'), apiKey: 'key-b', model: 'claude-sonnet-4' }],
    })
    const session = createChatSession({ client, model: 'deepseek-chat' })
    const answer = await session.sendMessage('Hello')
    expect(textOf(answer)).toContain('Hello')
    expect(answer?.report).toMatchObject({ endpoint: at('b'), attempts: 2, requestId: requests()[1]?.id })
    expect(requests().map(({ path, status }) => [path, status])).toEqual([
      ['/a/v1/chat/completions', 500],
      ['/b/v1/chat/completions', 200],
    ])
    expect(keys()).toEqual(['key-a', 'key-b'])
    expect(requests()[1]?.body).toMatchObject({ model: 'claude-sonnet-4' })
  })

  it('names each attempt and its endpoint in its events', async () => {
    const { values } = await ask('', {
      baseURL: at('a'),
      headers: headers('status code=503'),
      fallbacks: [{ baseURL: at('b'), apiKey: 'any' }],
    })
    const attempts = values.filter((event) => 'attempt' in event)
    expect(attempts).toMatchObject([
      { type: 'attempt-start', attempt: 1, endpoint: at('a') },
      {
        type: 'attempt-failed',
        attempt: 1,
        endpoint: at('a'),
        retryInMs: 0,
        error: { kind: 'upstream', status: 503 },
      },
      { type: 'attempt-start', attempt: 2, endpoint: at('b') },
      { type: 'response-start', attempt: 2, endpoint: at('b'), status: 200, requestId: requests()[1]?.id },
    ])
  })

  it('is replaced when there is no connection, and when its rate limit outlasts the retries', async () => {
    const gone = await startSimulator()
    await gone.close()
    expect((await ask('', { baseURL: gone.url, fallbacks: [{ baseURL: at('b'), apiKey: 'any' }] })).end).toBe(
      'complete',
    )
    expect(statuses()).toEqual([200])
    simulator.journal.clear()
    const busy = await ask('', {
      baseURL: at('a'),
      headers: headers('rate-limit form=none'),
      fallbacks: [{ baseURL: at('b'), apiKey: 'any' }],
    })
    expect(busy.end).toBe('complete')
    expect(statuses()).toEqual([429, 429, 429, 200])
  })

  it('is retried itself where no other one stands by', async () => {
    expect((await ask('status code=502 times=2')).end).toBe('complete')
    expect(statuses()).toEqual([502, 502, 200])
  })

  it('is left alone for a while when it keeps failing', async () => {
    const client = createChatClient({
      baseURL: at('a'),
      apiKey: 'any',
      headers: headers('status code=500'),
      fallbacks: [{ baseURL: at('b'), apiKey: 'any' }],
      circuitBreaker: { failures: 2 },
    })
    for (let times = 0; times < 4; times++) await settled(client.stream(prompt('Hello')))
    expect(requests().map(({ path }) => path[1])).toEqual(['a', 'b', 'a', 'b', 'b', 'b'])
  })

  it('is asked all the same when all the others are left alone, too', async () => {
    const client = createChatClient({
      baseURL: at('a'),
      apiKey: 'any',
      headers: headers('status code=500'),
      fallbacks: [{ baseURL: at('b'), apiKey: 'any', headers: headers('status code=500') }],
      circuitBreaker: { failures: 1 },
      retry: false,
    })
    for (let times = 0; times < 2; times++) await settled(client.stream(prompt('Hello')))
    expect(requests().map(({ path }) => path[1])).toEqual(['a', 'b', 'a', 'b'])
  })

  it('is told with the last error when all have failed', async () => {
    const { error } = await ask('status code=503', {
      fallbacks: [{ baseURL: at('b'), apiKey: 'any' }],
      retry: false,
    })
    expect(error).toMatchObject({ kind: 'upstream', status: 503, requestId: requests()[1]?.id })
    expect(requests().length).toBe(2)
  })

  it.each([400, 403, 404, 422])('is not left for a request that it refuses: %i', async (code) => {
    const { error } = await ask(`status code=${code}`, { fallbacks: [{ baseURL: at('b'), apiKey: 'any' }] })
    expect(error).toMatchObject({ kind: 'http', status: code, retryable: false })
    expect(statuses()).toEqual([code])
  })
})

describe('an error in the first frame of a 200', () => {
  it.each([429, 500, 503])('is retried as the HTTP error that it is: %i', async (code) => {
    const answer = await ask(`error-frame code=${code} times=1`)
    expect(answer.end).toBe('complete')
    expect(answer.values.find((event) => event.type === 'attempt-failed')).toMatchObject({
      error: { status: code },
    })
    expect(statuses()).toEqual([200, 200])
  })

  it('is told as the HTTP error that it is', async () => {
    expect((await ask('error-frame code=400')).error).toMatchObject({ kind: 'http', status: 400 })
    expect(statuses()).toEqual([200])
  })
})

describe('a failure in mid-stream', () => {
  it.each([
    ['an error in the stream', 'error-frame after=3 code=503', 'upstream'],
    ['a rate limit in the stream', 'error-frame after=3 code=429', 'rate-limit'],
    ['a refused key in the stream', 'error-frame after=3 code=401', 'authentication'],
    ['a reset in the middle of an event', 'reset after=3', 'network'],
    ['a clean end without a word', 'early-end after=3', 'truncated'],
    ['a clean end in the middle of an event', 'mid-event-end after=3', 'truncated'],
    ['broken JSON', 'broken-json after=3', 'malformed'],
  ])('keeps what had come, and sends nothing again: %s', async (_, faults, kind) => {
    const refreshApiKey = vi.fn(async () => 'new')
    const answer = await ask(faults, {
      refreshApiKey,
      fallbacks: [{ baseURL: simulator.url, apiKey: 'any' }],
    })
    expect(answer.error).toMatchObject({
      kind,
      requestId: requests()[0]?.id,
      partial: { state: 'failed', parts: [{ type: 'text', text: said(answer) }] },
    })
    expect(said(answer)).not.toBe('')
    expect(requests().length).toBe(1)
    expect(refreshApiKey).not.toHaveBeenCalled()
  })

  it('starts anew if that was asked for, and says that the text is void', async () => {
    const answer = await ask('reset after=3 times=1', { retry: { baseDelayMs: 1, restart: true } })
    expect(course(answer)).toEqual([
      'attempt-start',
      'response-start',
      'attempt-failed',
      'answer-reset',
      'attempt-start',
      'response-start',
      'answer-end',
    ])
    expect(requests().length).toBe(2)
  })

  it('is told apart from an abort, which is no error', async () => {
    const controller = new AbortController()
    const answering = ask('stall after=3', {}, controller.signal)
    const entry = await simulator.journal.waitFor(({ eventsWritten }) => eventsWritten > 3)
    controller.abort()
    expect((await answering).end).toBe('complete')
    await entry.closed
    expect(entry.closedBy).toBe('client')
    expect(course(await answering)).not.toContain('answer-end')
  })
})

describe('a stall behind keep-alives', () => {
  it('fails with `timeout` at the configured time, and the connection is closed', async () => {
    const started = Date.now()
    const answer = await ask('stall after=3 keep-alive=10', { timeouts: { idleMs: 150 } })
    expect(answer.error).toMatchObject({
      kind: 'timeout',
      requestId: requests()[0]?.id,
      partial: { parts: [{ text: said(answer) }] },
    })
    expect(answer.values.filter(({ type }) => type === 'comment').length).toBeGreaterThan(2)
    expect(Date.now() - started).toBeGreaterThanOrEqual(149)
    expect(Date.now() - started).toBeLessThan(2000)
    await requests()[0]?.closed
    expect(requests()[0]?.closedBy).toBe('client')
    expect(requests().length).toBe(1)
  })

  it('is sent again when it comes before the first piece', async () => {
    const answer = await ask('stall keep-alive=10 times=1', { timeouts: { firstContentMs: 400 } })
    expect(answer.end).toBe('complete')
    expect(answer.values.find((event) => event.type === 'attempt-failed')).toMatchObject({
      error: { kind: 'timeout' },
    })
    expect(requests().length).toBe(2)
    expect(requests()[0]?.closedBy).toBe('client')
  })

  it('counts the time before the headers as well', async () => {
    const { error } = await ask('stall before-headers', { timeouts: { firstContentMs: 50 }, retry: false })
    expect(error).toMatchObject({ kind: 'timeout' })
    await requests()[0]?.closed
    expect(requests()[0]?.closedBy).toBe('client')
  })

  it('ends with the deadline, which nothing holds up and nothing retries', async () => {
    const { error } = await ask('stall keep-alive=10', { timeouts: { firstContentMs: 300, totalMs: 450 } })
    expect(error).toMatchObject({ kind: 'timeout', retryable: false })
    expect(requests().length).toBe(2)
  })
})

describe('the drain', () => {
  it('ends when the configured time is over: the answer is whole, without a cost', async () => {
    const answer = await ask('open-end', { timeouts: { drainMs: 20 } })
    expect(answer.end).toBe('complete')
    expect(answer.values.at(-1)?.type).toBe('answer-end')
    await requests()[0]?.closed
    expect(requests()[0]?.closedBy).toBe('client')
  })

  it('may take as long as it takes', async () => {
    const answer = await ask('late-cost ms=30', { timeouts: { drainMs: Number.POSITIVE_INFINITY } })
    expect(answer.values.at(-1)?.type).toBe('cost')
    expect(answer.end).toBe('complete')
  })
})
