import OpenAI from 'openai'
import { expect, test } from 'vitest'
import { withSimulator } from './with-simulator.js'

const setUp = async (): Promise<OpenAI> => {
  const simulator = await withSimulator()
  return new OpenAI({ baseURL: simulator.url, apiKey: 'any', maxRetries: 2 })
}

test('the official client reads reasoning and content', async () => {
  const client = await setUp()
  const stream = await client.chat.completions.create({
    model: 'deepseek-reasoner',
    messages: [{ role: 'user', content: '√2 が無理数であることを証明してください' }],
    stream: true,
  })
  let reasoning = ''
  let content = ''
  for await (const chunk of stream) {
    const delta = chunk.choices[0]?.delta as { content?: string; reasoning_content?: string } | undefined
    reasoning += delta?.reasoning_content ?? ''
    content += delta?.content ?? ''
  }
  expect(reasoning).toContain('背理法')
  expect(content).toContain('\\blacksquare')
})

test('the official client puts tool calls together', async () => {
  const client = await setUp()
  const parameters = { type: 'object', properties: { city: { type: 'string' } } }
  const runner = client.chat.completions.stream({
    model: 'claude-sonnet-4',
    messages: [{ role: 'user', content: 'What is the weather in Kyoto?' }],
    tools: [{ type: 'function', function: { name: 'get_weather', parameters } }],
  })
  const { choices } = await runner.finalChatCompletion()
  expect(choices[0]?.finish_reason).toBe('tool_calls')
  expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({
    type: 'function',
    function: { name: 'get_weather', arguments: '{"city":"Kyoto"}' },
  })
})

test('the official client reads an answer that is not streamed, and the models', async () => {
  const client = await setUp()
  const completion = await client.chat.completions.create({
    model: 'claude-sonnet-4',
    messages: [{ role: 'user', content: 'Explain quantum computing' }],
  })
  expect(completion.choices[0]?.message.content).toContain('qubit')
  expect(completion.usage?.total_tokens).toBeGreaterThan(100)
  const models = await client.models.list()
  expect(models.data).toHaveLength(3)
})

test('the official client retries and gives up as it does with the real service', async () => {
  const client = await setUp()
  const ask = (faults: string) =>
    client.chat.completions.create(
      { model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hi' }] },
      { headers: { 'x-simulator-fault': faults } },
    )
  await expect(ask('rate-limit form=ms after=0 times=2')).resolves.toMatchObject({
    object: 'chat.completion',
  })
  await expect(ask('unauthorized')).rejects.toThrow(OpenAI.AuthenticationError)
})
