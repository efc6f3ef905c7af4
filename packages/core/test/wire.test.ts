import { describe, expect, it } from 'vitest'
import type { ChatClientOptions, ChatStreamError, Message } from '../src/index.js'
import { finalMessage } from '../src/index.js'
import { settled } from './collect.js'
import { withSimulator } from './with-simulator.js'

/** What bad servers do, over real sockets: each fault of the simulator that concerns parsing. */

const messages = [{ role: 'user', content: 'Prove that √2 is irrational' }] as const
const request = {
  model: 'deepseek-reasoner',
  messages,
  max_tokens: 400,
  stream_options: { include_usage: true },
} as const
const tools = [
  {
    type: 'function',
    function: {
      name: 'weather',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  },
]

const ask = async (faults: string, fields: object = {}): Promise<Message> => {
  const timeouts = { drainMs: faults.startsWith('open-end') ? 200 : 10_000 }
  const { client } = await withSimulator({ seed: 1, faults }, { timeouts })
  return finalMessage(client.stream({ ...request, ...fields }), { id: 'm' })
}

const fail = async (faults: string, options: ChatClientOptions = {}): Promise<ChatStreamError> => {
  const { client } = await withSimulator({ seed: 1, faults }, options)
  const { error } = await settled(client.stream(request))
  expect(error).toMatchObject({ name: 'ChatStreamError', requestId: expect.stringMatching(/^req_/) })
  return error as ChatStreamError
}

const textOf = (
  parts: readonly { readonly type: string; readonly text?: string }[] = [],
  type = 'text',
): string => parts.map((part) => (part.type === type ? part.text : '')).join('')

describe('reads the same message as from a sound server, in spite of', () => {
  it.each([
    'reasoning-field',
    'reasoning-field as=both',
    'content-parts',
    'no-role',
    'empty-deltas',
    'null-choices',
    'empty-choices',
    'null-delta',
    'usage-everywhere',
    'no-done',
    'open-end cost',
    'late-cost ms=20',
    'cost-without-newline',
    'multi-line',
    'comments',
    'comment-as-data',
    'no-space',
    'crlf',
    'cr',
    'bom',
  ])('%s', async (faults) => {
    const sound = await ask('')
    expect(sound.parts.map((part) => part.type)).toEqual(['reasoning', 'text'])
    expect(sound).toMatchObject({ state: 'complete', cost: { cost: expect.any(String) } })
    expect(await ask(faults)).toEqual(sound)
  })

  it.each([
    'cut size=1',
    'cut size=7',
    'bom, crlf, cut size=1',
    'comments, multi-line, cr, cost-without-newline, cut size=2',
  ])('%s, in a short answer', async (faults) => {
    expect(await ask(faults, { max_tokens: 15 })).toEqual(await ask('', { max_tokens: 15 }))
  })

  it.each(['no-cost', 'open-end', 'unfinished-event at=done', 'unfinished-event at=finish'])(
    '%s, but for the cost, which never comes',
    async (faults) => {
      const { cost: _, usage: __, ...sound } = await ask('')
      const { usage, ...message } = await ask(faults)
      expect(message).toEqual(sound)
      expect(usage?.completion_tokens).not.toBe(0)
    },
  )

  it('vendor-usage', async () => {
    const { usage, ...sound } = await ask('')
    const seen = await ask('vendor-usage')
    const { prompt_tokens, completion_tokens, total_tokens } = usage ?? {}
    expect(seen).toMatchObject({ ...sound, usage: { prompt_tokens, completion_tokens, total_tokens } })
  })

  it('no-finish-reason, but for the finish reason', async () => {
    const { finishReason: _, ...sound } = await ask('')
    expect(await ask('no-finish-reason')).toEqual(sound)
  })

  it('tool-call-without-index', async () => {
    const sound = await ask('', { tools, max_tokens: 1000 })
    expect(sound.parts.at(-1)).toMatchObject({ type: 'tool-call', name: 'weather' })
    expect(await ask('tool-call-without-index', { tools, max_tokens: 1000 })).toEqual(sound)
  })
})

describe('keeps what had arrived when', () => {
  it.each([
    ['reset after=20', { kind: 'network', retryable: true }],
    ['early-end after=20', { kind: 'truncated', retryable: true }],
    ['broken-json after=20', { kind: 'malformed', retryable: false, raw: expect.stringContaining('{') }],
    ['two-objects after=20', { kind: 'malformed', raw: expect.stringMatching(/\{.*\}\s*\{.*\}/s) }],
    ['error-frame after=20', { kind: 'rate-limit', status: 429, code: 429, raw: expect.any(Object) }],
    ['error-frame after=20 code-type=string', { kind: 'rate-limit', status: 429, code: '429' }],
    ['error-frame after=20 code=503 shape=choice', { kind: 'upstream', status: 503 }],
    ['error-frame after=20 code=503 shape=event ending=done', { kind: 'upstream', status: 503 }],
    ['error-frame after=20 shape=field', { kind: 'rate-limit' }],
    ['error-frame after=20 shape=string message=busy', { kind: 'upstream', message: 'busy' }],
    ['error-frame after=20 shape=finish-reason', { kind: 'upstream' }],
    ['endless-line after=20', { kind: 'too-large', retryable: false }],
  ])('%s', async (faults, expected) => {
    const whole = await ask('')
    const error = await fail(faults, { maxEventBytes: 10_000 })
    expect(error).toMatchObject({ contentType: expect.stringContaining('text/event-stream'), ...expected })
    expect(error.body).toMatch(/^data: \{/)
    expect(error.partial).toMatchObject({ state: 'failed' })
    const arrived = textOf(error.partial?.parts, 'reasoning')
    expect(arrived.length).toBeGreaterThan(20)
    expect(textOf(whole.parts, 'reasoning').startsWith(arrived)).toBe(true)
  })
})

describe('tells at once of', () => {
  it.each([
    [
      'html',
      {
        kind: 'malformed',
        status: 200,
        contentType: expect.stringContaining('text/html'),
        body: expect.stringMatching(/</),
      },
    ],
    ['json-error', { kind: 'rate-limit', status: 429, body: expect.stringContaining('"error"') }],
    ['json-error code=401', { kind: 'authentication', status: 401 }],
    ['json-error code=500 message=down', { kind: 'upstream', status: 500, message: 'down', retryable: true }],
    [
      'json-completion',
      { kind: 'malformed', status: 200, contentType: expect.stringContaining('application/json') },
    ],
    ['empty-body', { kind: 'truncated', status: 200, body: '' }],
    ['error-frame', { kind: 'rate-limit', status: 429, retryable: true }],
    ['error-frame code=401 code-type=null', { kind: 'authentication', status: 401 }],
    ['reset after=0', { kind: 'network', retryable: true }],
    ['early-end after=0', { kind: 'truncated' }],
    ['status code=400', { kind: 'http', status: 400, retryable: false }],
    ['status code=404', { kind: 'http', status: 404, retryable: false }],
    ['status code=503 message=down', { kind: 'upstream', status: 503, message: 'down', retryable: true }],
    ['unauthorized always', { kind: 'authentication', status: 401, retryable: false }],
    ['rate-limit form=seconds', { kind: 'rate-limit', status: 429, retryAt: expect.any(Number) }],
    ['rate-limit form=date', { kind: 'rate-limit', retryAt: expect.any(Number) }],
    ['rate-limit form=ms', { kind: 'rate-limit', retryAt: expect.any(Number) }],
    ['rate-limit form=reset', { kind: 'rate-limit', retryAt: expect.any(Number) }],
  ])('%s', async (faults, expected) => {
    const error = await fail(faults)
    expect(error).toMatchObject(expected)
    expect(error).not.toHaveProperty('partial')
  })

  it('a server that is not there', async () => {
    const { simulator, client } = await withSimulator({})
    await simulator.close()
    expect((await settled(client.stream(request))).error).toMatchObject({
      kind: 'network',
      retryable: true,
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })
})
