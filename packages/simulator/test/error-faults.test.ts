import { describe, expect, test } from 'vitest'
import { ask, bodyOf, chunksOf, contentOf } from './ask.js'
import { withSimulator } from './with-simulator.js'

describe('status', () => {
  test.each([500, 502, 503, 529, 408, 409, 425])(
    'answers %i as often as told, and then well',
    async (code) => {
      const simulator = await withSimulator()
      const faults = `status code=${code} times=2`
      const replies = [
        await ask(simulator, { faults }),
        await ask(simulator, { faults }),
        await ask(simulator, { faults }),
      ]
      expect(replies.map((reply) => reply.status)).toEqual([code, code, 200])
      expect(JSON.parse(replies[0]?.text ?? '').error).toMatchObject({ code })
      expect(simulator.journal.entries.map((entry) => entry.faults)).toEqual([['status'], ['status'], []])
    },
  )

  test('counts for each key by itself', async () => {
    const simulator = await withSimulator()
    const one = await ask(simulator, { faults: 'status times=1 key=one' })
    const two = await ask(simulator, { faults: 'status times=1 key=two' })
    const again = await ask(simulator, { faults: 'status key=one times=1' })
    expect([one, two, again].map((reply) => reply.status)).toEqual([500, 500, 200])
  })
})

describe('unauthorized', () => {
  test('rejects the first key until it changes', async () => {
    const simulator = await withSimulator({ faults: 'unauthorized' })
    const statuses = []
    for (const apiKey of ['old', 'old', 'new', 'old'])
      statuses.push((await ask(simulator, { apiKey })).status)
    expect(statuses).toEqual([401, 401, 200, 401])
  })

  test('rejects all keys if told to', async () => {
    const simulator = await withSimulator({ faults: 'unauthorized always' })
    expect((await ask(simulator, { apiKey: 'old' })).status).toBe(401)
    expect((await ask(simulator, { apiKey: 'new' })).status).toBe(401)
  })
})

describe('rate-limit', () => {
  const hints = ['retry-after', 'retry-after-ms', 'x-ratelimit-reset'] as const

  test.each([
    ['seconds', 'retry-after', /^2$/],
    ['date', 'retry-after', /^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/],
    ['ms', 'retry-after-ms', /^2000$/],
    ['reset', 'x-ratelimit-reset', /^\d{10}$/],
  ] as const)('says in the form %s when to come again, and in no other', async (form, header, value) => {
    const simulator = await withSimulator()
    const { status, headers } = await ask(simulator, { faults: `rate-limit form=${form} after=2` })
    expect(status).toBe(429)
    expect(headers[header]).toMatch(value)
    expect(hints.filter((hint) => headers[hint] !== undefined)).toEqual([header])
    if (form === 'date') expect(Date.parse(String(headers[header]))).toBeGreaterThanOrEqual(Date.now() + 1900)
  })

  test('says nothing in the form none', async () => {
    const simulator = await withSimulator()
    const { headers } = await ask(simulator, { faults: 'rate-limit form=none' })
    expect(hints.filter((hint) => headers[hint] !== undefined)).toEqual([])
  })
})

describe('error-frame', () => {
  const error = { message: 'Rate limit exceeded', type: 'rate_limit_error', code: 429 }

  test.each([
    ['top', `data: ${JSON.stringify({ error })}\n\n`],
    [
      'choice',
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error', error }] })}\n\n`,
    ],
    ['event', `event: error\ndata: ${JSON.stringify({ error })}\n\n`],
    ['string', 'data: {"error":"Rate limit exceeded"}\n\n'],
    ['field', `error: ${JSON.stringify(error)}\n\n`],
    ['finish-reason', 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}\n\n'],
  ])('sends the shape %s as the first event of a 200', async (shape, body) => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, { faults: `error-frame shape=${shape}` })
    expect([reply.status, reply.text]).toEqual([200, body])
  })

  test('comes in the middle, with the code and the message asked for', async () => {
    const simulator = await withSimulator()
    const faults = 'error-frame after=5 code=503 code-type=string message="try later"'
    const chunks = chunksOf(await ask(simulator, { faults }))
    expect(chunks).toHaveLength(7)
    expect(chunks.at(-1)).toEqual({ error: { message: 'try later', type: 'upstream_error', code: '503' } })
    const [last] = chunksOf(await ask(simulator, { faults: 'error-frame code-type=null' }))
    expect(last.error.code).toBeNull()
  })

  test('ends with [DONE], or leaves the body open, if told to', async () => {
    const simulator = await withSimulator()
    expect((await ask(simulator, { faults: 'error-frame ending=done' })).text).toMatch(
      /\n\ndata: \[DONE\]\n\n$/,
    )
    const open = ask(simulator, { faults: 'error-frame ending=open' })
    const entry = await simulator.journal.waitFor(
      (each) => each.phase === 'streaming' && each.eventsWritten === 1,
    )
    expect(entry.closedBy).toBeUndefined()
    await simulator.close()
    await open
  })
})

describe('what stands in the place of the stream', () => {
  test('html is a page', async () => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, { faults: 'html' })
    expect(reply.headers['content-type']).toContain('text/html')
    expect(reply.text).toMatch(/^<!doctype html>/)
  })

  test('json-error and json-completion are JSON', async () => {
    const simulator = await withSimulator()
    const error = await ask(simulator, { faults: 'json-error code=401' })
    expect([error.status, error.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
    expect(JSON.parse(error.text).error.code).toBe(401)
    const completion = await ask(simulator, { faults: 'json-completion' })
    expect(JSON.parse(completion.text)).toMatchObject({ object: 'chat.completion' })
  })

  test('empty-body is nothing', async () => {
    const simulator = await withSimulator()
    expect(await ask(simulator, { faults: 'empty-body' })).toMatchObject({
      status: 200,
      text: '',
      broken: undefined,
    })
  })
})

describe('what stands in the place of an event', () => {
  test('broken-json breaks one event and no other', async () => {
    const simulator = await withSimulator()
    const lines = bodyOf(await ask(simulator, { faults: 'broken-json after=1', max_tokens: 4 })).split('\n\n')
    const broken = lines.filter((line) => line.startsWith('data: {') && !line.endsWith('}]}'))
    expect(broken).toEqual(['data: {"choices":[{"index":0,"delta":{"content":" **"},"finish_reason":null}]'])
    expect(lines).toHaveLength(9)
  })

  test('two-objects puts two into one', async () => {
    const simulator = await withSimulator()
    const lines = bodyOf(await ask(simulator, { faults: 'two-objects after=1', max_tokens: 4 })).split('\n\n')
    expect(lines[2]).toBe(
      'data: {"choices":[{"index":0,"delta":{"content":" **"},"finish_reason":null}]}{"choices":[{"index":0,"delta":{"content":"Simulator"},"finish_reason":null}]}',
    )
  })
})

describe('asking for faults', () => {
  test('works by header and by the prompt, which loses what asked for them', async () => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, {
      prompt: '[[fault crlf, no-cost]] [[fault bom]] Hello',
      faults: 'no-space',
    })
    expect(simulator.journal.entries[0]?.faults).toEqual(['no-cost', 'no-space', 'crlf', 'bom'])
    expect(contentOf({ ...reply, text: reply.text.replaceAll('data:', 'data: ') })).toContain('“Hello”')
  })

  test('works for the whole server, until others are set', async () => {
    const simulator = await withSimulator({ faults: 'status times=1' })
    expect((await ask(simulator)).status).toBe(500)
    expect((await ask(simulator)).status).toBe(200)
    simulator.setFaults('status times=1')
    expect((await ask(simulator)).status).toBe(500)
    simulator.setFaults('html')
    expect((await ask(simulator)).text).toContain('<html')
    simulator.setFaults('')
    expect((await ask(simulator)).text).toContain('[DONE]')
  })

  test.each([
    ['nonsense', /^No fault is named nonsense; there are: .*stall/],
    ['toString', /^No fault is named toString/],
    ['stall after=x', /^fault stall: after must be a whole number/],
    ['stall later=5', /^fault stall: no parameter later; there are: after, before-headers/],
    ['status times=often', /^fault status: times/],
    ['error-frame shape=round', /^fault error-frame: shape must be one of top, choice/],
  ])('tells what is wrong with %s', async (faults, message) => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, { faults })
    expect(reply.status).toBe(400)
    expect(JSON.parse(reply.text).error.message).toMatch(message)
    expect(() => simulator.setFaults(faults)).toThrow(message)
    await expect(withSimulator({ faults })).rejects.toThrow(message)
  })
})
