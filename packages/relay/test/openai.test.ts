import OpenAI from 'openai'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../src/index.js'
import { startRelay } from './start-relay.js'

const messages = [{ role: 'user' as const, content: 'Hello' }]
const model = 'deepseek-chat'

const connect = (baseURL: string): OpenAI => new OpenAI({ baseURL, apiKey: 'user', maxRetries: 0 })

describe('the official openai client', () => {
  it.each([
    ['without', undefined],
    ['with', createMemoryStore()],
  ])('streams, %s a store', async (_, store) => {
    const { url } = await startRelay(store && { store })
    const stream = await connect(url).chat.completions.create({ model, messages, stream: true })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toContain('Hello')
  })

  it('gets a whole completion', async () => {
    const { simulator, url } = await startRelay({}, { faults: 'status code=503 times=1' })
    const refused = connect(url).chat.completions.create({ model, messages })
    await expect(refused).rejects.toMatchObject({ status: 503 })
    const completion = await connect(url).chat.completions.create({ model, messages })
    expect(completion.choices[0]?.message.content).toContain('Hello')
    expect(completion.usage?.total_tokens).toBeGreaterThan(0)
    expect(simulator.journal.entries[1]?.body).toMatchObject({ stream: false })
  })

  it('gets a whole completion by the engine of core: tried again, and refreshed', async () => {
    const { simulator, url } = await startRelay(
      { retry: { baseDelayMs: 1 }, refreshApiKey: () => 'a-new-key-for-all' },
      { faults: 'status code=503 times=1', apiKeys: ['a-new-key-for-all'] },
    )
    const completion = await connect(url).chat.completions.create({ model, messages })
    expect(completion.choices[0]?.message.content).toContain('Hello')
    expect(simulator.journal.entries.length).toBeGreaterThanOrEqual(2)
  })

  it('lists the models', async () => {
    const { url } = await startRelay()
    const ids = (await connect(url).models.list()).data.map(({ id }) => id)
    expect(ids).toContain(model)
  })

  it.each([
    ['rate-limit after=1', 429],
    ['status code=400', 400],
  ])('understands the error of %s', async (faults, status) => {
    const { url } = await startRelay({}, { faults })
    const answer = connect(url).chat.completions.create({ model, messages, stream: true })
    await expect(answer).rejects.toMatchObject({ status, error: { message: expect.any(String) } })
  })

  it('understands an error in the stream', async () => {
    const { url } = await startRelay({}, { faults: 'error-frame after=2 code=500' })
    const stream = await connect(url).chat.completions.create({ model, messages, stream: true })
    const read = async (): Promise<void> => {
      for await (const _ of stream);
    }
    await expect(read()).rejects.toMatchObject({ error: { code: 500, type: expect.any(String) } })
  })
})
