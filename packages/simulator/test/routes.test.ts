import { describe, expect, test } from 'vitest'
import { ask, chunksOf, contentOf, deltasOf, send } from './ask.js'
import { withSimulator } from './with-simulator.js'

describe('POST /chat/completions with stream', () => {
  test('sends the role, the content token by token, the reason, [DONE], and the cost in a comment', async () => {
    const simulator = await withSimulator({ seed: 1 })
    const reply = await ask(simulator, { max_tokens: 2 })
    const chunk = (delta: string, reason = 'null') =>
      `data: {"id":"${chunksOf(reply)[0].id}","object":"chat.completion.chunk","created":1735689601,"model":"claude-sonnet-4","choices":[{"index":0,"delta":${delta},"finish_reason":${reason}}]}\n\n`
    expect(reply.text).toBe(
      chunk('{"role":"assistant","content":""}') +
        chunk('{"content":">"}') +
        chunk('{"content":" **"}') +
        chunk('{}', '"length"') +
        'data: [DONE]\n\n' +
        ': {"cost":"0.000045","input_price":"0.000015","output_price":"0.00003","prompt_tokens":5,"completion_tokens":2}\n\n',
    )
    expect(reply.status).toBe(200)
    expect(reply.headers['content-type']).toBe('text/event-stream; charset=utf-8')
  })

  test('writes each event by itself', async () => {
    const simulator = await withSimulator()
    const reply = await ask(simulator)
    const events = reply.text.split('\n\n').length - 1
    expect(reply.pieces).toHaveLength(events)
  })

  test('sends the reasoning of a thinking model first', async () => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, {
      model: 'deepseek-reasoner',
      prompt: '√2 が無理数であることを証明してください',
    })
    const kinds = deltasOf(reply).map((delta) =>
      'reasoning_content' in delta ? 'r' : delta.content ? 'c' : '-',
    )
    expect(kinds.join('')).toMatch(/^-r{100,}c{100,}-$/)
    expect(contentOf(reply)).toContain('無理数であることの証明')
  })

  test('sends the usage if asked for, and it agrees with the cost', async () => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, {
      model: 'deepseek-reasoner',
      stream_options: { include_usage: true },
    })
    const last = chunksOf(reply).at(-1)
    const [, cost = ''] = /^: (.*)$/m.exec(reply.text) ?? []
    expect(last.choices).toEqual([])
    expect(JSON.parse(cost)).toMatchObject({
      prompt_tokens: last.usage.prompt_tokens,
      completion_tokens: last.usage.completion_tokens,
    })
    expect(last.usage.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0)
  })

  test('interleaves several choices', async () => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, { n: 3, max_tokens: 2 })
    expect(chunksOf(reply).map((chunk) => chunk.choices[0].index)).toEqual([
      0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2,
    ])
  })

  test('calls a tool, name first and arguments in pieces, and then quotes its result', async () => {
    const simulator = await withSimulator()
    const parameters = { type: 'object', properties: { city: { type: 'string' } } }
    const tools = [{ type: 'function', function: { name: 'get_weather', parameters } }]
    const prompt = { role: 'user', content: 'Weather in Kyoto?' }
    const reply = await ask(simulator, { messages: [prompt], tools })
    const calls = deltasOf(reply).flatMap((delta) => delta.tool_calls ?? [])
    expect(calls[0]).toMatchObject({
      index: 0,
      type: 'function',
      function: { name: 'get_weather', arguments: '' },
    })
    expect(calls.length).toBeGreaterThan(3)
    expect(calls.map((call) => call.function.arguments).join('')).toBe('{"city":"Kyoto"}')
    expect(chunksOf(reply).at(-1).choices[0].finish_reason).toBe('tool_calls')

    const result = { role: 'tool', tool_call_id: calls[0].id, content: '18 °C' }
    expect(contentOf(await ask(simulator, { messages: [prompt, result], tools }))).toContain('18 °C')
    expect(contentOf(await ask(simulator, { messages: [prompt], tools, tool_choice: 'none' }))).toContain(
      'Kyoto',
    )
  })

  test('answers in JSON if asked to', async () => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, { response_format: { type: 'json_object' } })
    expect(JSON.parse(contentOf(reply))).toMatchObject({ prompt: 'Hello' })
    const schema = { type: 'object', properties: { ok: { type: 'boolean' } } }
    const shaped = await ask(simulator, { response_format: { type: 'json_schema', json_schema: { schema } } })
    expect(JSON.parse(contentOf(shaped))).toEqual({ ok: true })
  })

  test.each([
    ['量子コンピューティングを説明してください', 'シミュレーター', '量子ビット'],
    ['解释量子计算', '模拟器', '量子比特'],
    ['Explain quantum computing', 'Simulator', 'qubit'],
    ['長い文章を書いてください', 'シミュレーター', '川に沿って'],
    ['Was kostet die Welt?', 'Simulator', '“Was kostet die Welt?”'],
  ])('answers %s in its language, and says that it is a simulator', async (prompt, notice, word) => {
    const simulator = await withSimulator()
    const content = contentOf(await ask(simulator, { prompt }))
    expect(content.split('\n')[0]).toContain(notice)
    expect(content).toContain(word)
  })

  test('knows which turn it is', async () => {
    const simulator = await withSimulator()
    const messages = ['first thing', 'second thing'].map((content) => ({ role: 'user', content }))
    const content = contentOf(await ask(simulator, { messages }))
    expect(content).toContain('turn **2**')
    expect(content).toContain('first thing')
  })

  test.each([1, 2, 500, 5000])('writes exactly %i tokens if the prompt asks for them', async (tokens) => {
    const simulator = await withSimulator()
    const reply = await ask(simulator, {
      prompt: `[[tokens ${tokens}]] 長い文章`,
      stream_options: { include_usage: true },
    })
    expect(chunksOf(reply).at(-1).usage.completion_tokens).toBe(tokens)
    expect(chunksOf(reply).at(-2).choices[0].finish_reason).toBe('stop')
  })
})

describe('POST /chat/completions without stream', () => {
  test('says the same as the stream', async () => {
    const simulator = await withSimulator({ seed: 1 })
    const question = { model: 'deepseek-reasoner', prompt: 'Explain quantum computing' }
    const stream = await ask(simulator, question)
    const { choices, usage, object } = JSON.parse((await ask(simulator, { ...question, stream: false })).text)
    expect(object).toBe('chat.completion')
    expect(choices[0]).toMatchObject({ index: 0, finish_reason: 'stop', message: { role: 'assistant' } })
    expect(choices[0].message.content).toBe(contentOf(stream))
    expect(choices[0].message.reasoning_content).toBe(
      deltasOf(stream)
        .map((delta) => delta.reasoning_content ?? '')
        .join(''),
    )
    expect(usage.cost).toMatch(/^0\.\d+$/)
  })
})

describe('other routes', () => {
  test('GET /models lists the models, and GET /models/{id} one of them', async () => {
    const simulator = await withSimulator()
    const { data } = JSON.parse((await send(simulator, 'GET', '/models')).text)
    expect(data.map((model: { id: string }) => model.id)).toEqual([
      'claude-sonnet-4',
      'deepseek-reasoner',
      'deepseek-chat',
    ])
    expect(JSON.parse((await send(simulator, 'GET', '/models/deepseek-chat')).text)).toEqual(data[2])
    expect((await send(simulator, 'GET', '/models/other')).status).toBe(404)
  })

  test('serves its routes under any prefix before /v1', async () => {
    const simulator = await withSimulator()
    const prefixed = { ...simulator, url: simulator.url.replace('/v1', '/api/openai/v1') }
    expect((await send(prefixed, 'GET', '/models')).status).toBe(200)
  })

  test('answers a preflight, and lets every origin read its headers', async () => {
    const simulator = await withSimulator()
    const reply = await send(simulator, 'OPTIONS', '/chat/completions', '', {
      origin: 'http://localhost:5173',
      'access-control-request-headers': 'authorization,x-simulator-fault',
    })
    expect(reply.status).toBe(204)
    expect(reply.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'authorization,x-simulator-fault',
      'access-control-expose-headers': expect.stringContaining('x-request-id'),
    })
  })

  test('sends a request id and the rate limit with every answer', async () => {
    const simulator = await withSimulator()
    for (const reply of [await ask(simulator), await send(simulator, 'GET', '/nowhere')]) {
      expect(reply.headers['x-request-id']).toMatch(/^req_\w{20}$/)
      expect(Number(reply.headers['x-ratelimit-limit'])).toBeGreaterThan(
        Number(reply.headers['x-ratelimit-remaining']),
      )
      expect(Number(reply.headers['x-ratelimit-reset'])).toBeGreaterThan(Date.now() / 1000)
    }
  })
})

describe('errors', () => {
  const body = (fields: object) =>
    JSON.stringify({ model: 'claude-sonnet-4', messages: [{ role: 'user', content: 'Hi' }], ...fields })

  test.each([
    ['broken JSON', '{"model":', 400, /no JSON/],
    ['no body', '', 400, /empty/],
    ['no messages', body({ messages: [] }), 400, /^messages: /],
    ['a wrong role', body({ messages: [{ role: 'robot', content: '' }] }), 400, /^messages\.0\.role: /],
    [
      'a tool result without its call',
      body({ messages: [{ role: 'tool', content: '' }] }),
      400,
      /tool_call_id/,
    ],
    ['a temperature of 3', body({ temperature: 3 }), 400, /^temperature: /],
    ['an unknown model', body({ model: 'gpt-0' }), 404, /gpt-0.*claude-sonnet-4/],
  ])('refuses %s', async (_, text, status, message) => {
    const simulator = await withSimulator()
    const reply = await send(simulator, 'POST', '/chat/completions', text)
    expect(reply.status).toBe(status)
    expect(JSON.parse(reply.text).error).toMatchObject({
      code: status,
      message: expect.stringMatching(message),
    })
  })

  test('lets fields pass that it does not know', async () => {
    const simulator = await withSimulator()
    expect((await ask(simulator, { web_search: true, stop: null })).status).toBe(200)
  })

  test('refuses a body that is too big, and takes the next', async () => {
    const simulator = await withSimulator({ maxBodyBytes: 1000 })
    expect((await ask(simulator, { prompt: 'x'.repeat(5_000_000) })).status).toBe(413)
    expect((await ask(simulator)).status).toBe(200)
  })

  test('wants a key, and a valid one if keys are given', async () => {
    const simulator = await withSimulator({ apiKeys: ['good'] })
    const reply = await ask(simulator, { apiKey: 'bad' })
    expect(reply.status).toBe(401)
    expect(JSON.parse(reply.text).error).toEqual({
      message: 'API key invalid or expired',
      type: 'authentication_error',
      code: 401,
    })
    expect((await ask(simulator, { apiKey: 'good' })).status).toBe(200)
    expect((await send(simulator, 'GET', '/models', '', {})).status).toBe(401)
  })

  test('knows no other routes and methods', async () => {
    const simulator = await withSimulator()
    expect((await send({ ...simulator, url: simulator.url.replace('/v1', '') }, 'GET', '//')).status).toBe(
      404,
    )
    expect((await send(simulator, 'GET', '/embeddings')).status).toBe(404)
    expect((await send(simulator, 'GET', '/chat/completions')).status).toBe(405)
  })
})
