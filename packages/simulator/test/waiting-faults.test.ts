import { expect, test } from 'vitest'
import { ask } from './ask.js'
import { withSimulator } from './with-simulator.js'

test('stall falls silent, and goes on', async () => {
  const simulator = await withSimulator()
  const plain = await ask(simulator)
  const startedAt = performance.now()
  const reply = await ask(simulator, { faults: 'stall after=3 ms=60' })
  expect(performance.now() - startedAt).toBeGreaterThan(55)
  expect(reply.text.length).toBe(plain.text.length)
})

test('stall sends comments in the meantime', async () => {
  const simulator = await withSimulator()
  const reply = await ask(simulator, {
    faults: 'stall after=1 ms=50 keep-alive=10 comment=processing',
    max_tokens: 2,
  })
  const lines = reply.text.split('\n\n')
  expect(lines.slice(2, 6)).toEqual(Array(4).fill(': processing'))
  expect(lines[6]).toContain('"content"')
})

test.each([
  ['stall before-headers', 'before-headers', 0],
  ['stall', 'headers-sent', 0],
  ['stall after=2', 'streaming', 3],
] as const)('%s lasts for ever, and stops there', async (faults, phase, eventsWritten) => {
  const simulator = await withSimulator()
  const answer = ask(simulator, { faults }).catch((error) => error.code)
  const entry = await simulator.journal.waitFor(
    (each) => each.phase === phase && each.eventsWritten === eventsWritten && each.faults.length > 0,
  )
  expect(entry.closedBy).toBeUndefined()
  await simulator.close()
  expect(entry).toMatchObject({ phase, eventsWritten, closedBy: 'server' })
  await answer
})

test('the speed holds on average, and no token comes before its time', async () => {
  const simulator = await withSimulator({ tokensPerSecond: 1000, firstTokenMs: 30, jitter: 1, seed: 1 })
  const startedAt = performance.now()
  await ask(simulator, { prompt: '[[tokens 200]]' })
  const ms = performance.now() - startedAt
  expect(ms).toBeGreaterThan(180)
  expect(ms).toBeLessThan(700)
})

test('a speed of 0 is refused', async () => {
  await expect(withSimulator({ tokensPerSecond: 0 })).rejects.toThrow('more than 0')
})
