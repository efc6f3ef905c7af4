import { expect, test } from 'vitest'
import { ask, chunksOf, contentOf, deltasOf, type Question } from './ask.js'
import { withSimulator } from './with-simulator.js'

const thinking: Question = { model: 'deepseek-reasoner', prompt: 'Prove that √2 is irrational' }

test('reasoning-field moves the reasoning, or doubles it', async () => {
  const simulator = await withSimulator()
  const [, first] = deltasOf(await ask(simulator, { ...thinking, faults: 'reasoning-field' }))
  expect(first).toEqual({ reasoning: 'To' })
  const [, both] = deltasOf(await ask(simulator, { ...thinking, faults: 'reasoning-field as=both' }))
  expect(both).toEqual({ reasoning: 'To', reasoning_content: 'To' })
})

test('content-parts sends arrays of parts', async () => {
  const simulator = await withSimulator()
  const deltas = deltasOf(await ask(simulator, { ...thinking, faults: 'content-parts' }))
  expect(deltas[1]).toEqual({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'To' }] }] })
  expect(deltas.at(-2).content).toMatchObject([{ type: 'text' }])
})

test('no-role never sends the role', async () => {
  const simulator = await withSimulator()
  expect((await ask(simulator, { faults: 'no-role' })).text).not.toContain('role')
})

test.each([
  ['empty-deltas', [{ delta: {} }, { delta: { content: '' } }]],
  ['null-delta', [{ delta: null }, {}]],
])('%s sends useless deltas before every chunk, and loses nothing', async (faults, expected) => {
  const simulator = await withSimulator()
  const reply = await ask(simulator, { faults, max_tokens: 3 })
  const choices = chunksOf(reply).map((chunk) => chunk.choices[0])
  expect(choices.slice(0, 2)).toEqual(
    expected.map((choice) => ({ index: 0, finish_reason: null, ...choice })),
  )
  expect(choices).toHaveLength(15)
  expect(choices.at(-1).finish_reason).toBe('length')
})

test('null-choices and empty-choices send chunks that say nothing', async () => {
  const simulator = await withSimulator()
  const nulls = chunksOf(await ask(simulator, { faults: 'null-choices', max_tokens: 3 }))
  expect(nulls.map((chunk) => chunk.choices === null)).toEqual(
    Array(10)
      .fill(0)
      .map((_, index) => index % 2 === 0),
  )
  const empties = chunksOf(await ask(simulator, { faults: 'empty-choices', max_tokens: 3 }))
  expect(empties.filter((chunk) => chunk.choices.length === 0)).toHaveLength(5)
})

test('tool-call-without-index leaves out the index', async () => {
  const simulator = await withSimulator()
  const tools = [{ type: 'function', function: { name: 'now', parameters: { type: 'object' } } }]
  const calls = deltasOf(await ask(simulator, { tools, faults: 'tool-call-without-index' })).flatMap(
    (delta) => delta.tool_calls ?? [],
  )
  expect(calls.length).toBeGreaterThan(1)
  expect(calls.every((call) => !('index' in call))).toBe(true)
})

test('usage-everywhere sends the usage so far on every chunk', async () => {
  const simulator = await withSimulator()
  const chunks = chunksOf(await ask(simulator, { faults: 'usage-everywhere', max_tokens: 3 }))
  expect(chunks.map((chunk) => chunk.usage.completion_tokens)).toEqual([0, 1, 2, 3, 3])
})

test('vendor-usage sends the usage under x_groq, at the end', async () => {
  const simulator = await withSimulator()
  const chunks = chunksOf(await ask(simulator, { faults: 'vendor-usage', max_tokens: 3 }))
  expect(chunks.at(-1).x_groq.usage).toMatchObject({ completion_tokens: 3 })
  expect(chunks.slice(0, -1).some((chunk) => 'x_groq' in chunk)).toBe(false)
})

test('several dialects add up', async () => {
  const simulator = await withSimulator()
  const reply = await ask(simulator, {
    ...thinking,
    faults: 'no-role, reasoning-field, usage-everywhere, null-choices',
  })
  expect(reply.text).not.toMatch(/role|reasoning_content"/)
  expect(reply.text).toMatch(/"reasoning":"To"\}.*"usage"/)
  expect(contentOf(await ask(simulator, { faults: 'no-role, usage-everywhere' }))).toContain('Hello')
})
