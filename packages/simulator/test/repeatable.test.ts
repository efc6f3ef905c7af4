import { expect, test } from 'vitest'
import { ask } from './ask.js'
import { withSimulator } from './with-simulator.js'

const questions = [
  { prompt: 'Hello', model: 'deepseek-reasoner' },
  { prompt: '[[tokens 300]] Hello' },
  { prompt: 'Hello', stream: false },
  { prompt: '[[fault comments, cut size=7]] Hello', max_tokens: 5 },
]

test('gives the same bytes for the same seed and requests', async () => {
  const [first, second] = [
    await withSimulator({ seed: 7 }),
    await withSimulator({ seed: 7, tokensPerSecond: 1e5, jitter: 1 }),
  ]
  for (const question of questions) {
    expect((await ask(first, question)).text).toBe((await ask(second, question)).text)
  }
})

test('gives other ids and another long text for another seed', async () => {
  const [first, second] = [await withSimulator({ seed: 7 }), await withSimulator({ seed: 8 })]
  const long = { prompt: '[[tokens 300]] Hello', stream: false }
  const [one, other] = [JSON.parse((await ask(first, long)).text), JSON.parse((await ask(second, long)).text)]
  expect(one.id).not.toBe(other.id)
  expect(one.choices[0].message.content).not.toBe(other.choices[0].message.content)
})

test('a prompt costs the same with and without what asks for a fault', async () => {
  const simulator = await withSimulator()
  const costs = [await ask(simulator), await ask(simulator, { prompt: '[[fault comments]] Hello' })].map(
    (reply) => /^: (\{.*)$/m.exec(reply.text)?.[1],
  )
  expect(costs[0]).toBe(costs[1])
})

test('never gives the same id twice', async () => {
  const simulator = await withSimulator({ seed: 7 })
  const ids = [await ask(simulator), await ask(simulator)].map(
    (reply) => /chatcmpl-\w+/.exec(reply.text)?.[0],
  )
  expect(new Set(ids).size).toBe(2)
})
