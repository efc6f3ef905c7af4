import { expect, test } from 'vitest'
import { ask, bodyOf, type Question } from './ask.js'
import { withSimulator } from './with-simulator.js'

const question: Question = { max_tokens: 4 }
const role =
  'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\n\n'
const first = 'data: {"choices":[{"index":0,"delta":{"content":">"},"finish_reason":null}]}\n\n'
const finish = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}\n\n'
const done = 'data: [DONE]\n\n'
const cost = /: \{"cost":"[\d.]+".*\}/

test('reset breaks the connection in the middle of an event', async () => {
  const simulator = await withSimulator()
  const reply = await ask(simulator, { ...question, faults: 'reset after=1' })
  expect(reply.broken).toBe('ECONNRESET')
  expect(bodyOf(reply).startsWith(role + first)).toBe(true)
  expect(reply.text).toMatch(/\n\ndata: \{"id":"[^\n]+$/)
  expect(simulator.journal.entries[0]).toMatchObject({ phase: 'streaming', closedBy: 'server' })
})

test('resetConnections breaks those at a path, when it is told to', async () => {
  const simulator = await withSimulator()
  const replies = [ask(simulator, { faults: 'stall after=1' }), ask(simulator, { faults: 'stall after=1' })]
  const areStreaming = () =>
    simulator.journal.entries.filter(({ phase }) => phase === 'streaming').length === 2
  await simulator.journal.waitFor(areStreaming)
  simulator.resetConnections('/v2')
  expect(simulator.journal.entries.map(({ closedBy }) => closedBy)).toEqual([undefined, undefined])
  simulator.resetConnections()
  for (const { broken } of await Promise.all(replies)) expect(broken).toBe('ECONNRESET')
  expect(simulator.journal.entries.map(({ closedBy }) => closedBy)).toEqual(['server', 'server'])
})

test('early-end ends the body after some tokens', async () => {
  const simulator = await withSimulator()
  const reply = await ask(simulator, { ...question, faults: 'early-end after=1' })
  expect(bodyOf(reply)).toBe(role + first)
  expect(reply.broken).toBeUndefined()
})

test('mid-event-end ends the body inside an event', async () => {
  const simulator = await withSimulator()
  const reply = await ask(simulator, { ...question, faults: 'mid-event-end after=1' })
  expect(bodyOf(reply).startsWith(role + first)).toBe(true)
  expect(reply.text).toMatch(/\n\ndata: \{"id":"[^\n]+$/)
  expect(reply.broken).toBeUndefined()
})

test('no-done leaves out [DONE] only', async () => {
  const simulator = await withSimulator()
  const body = bodyOf(await ask(simulator, { ...question, faults: 'no-done' }))
  expect(body).not.toContain('[DONE]')
  expect(body).toContain(finish)
  expect(body).toMatch(cost)
})

test('no-finish-reason leaves it null', async () => {
  const simulator = await withSimulator()
  const body = bodyOf(await ask(simulator, { ...question, faults: 'no-finish-reason' }))
  expect(body).toContain(`${finish.replace('"length"', 'null')}${done}`)
})

test('open-end leaves the body open after [DONE], or after the cost', async () => {
  const simulator = await withSimulator()
  const whole = await ask(simulator, question)
  const withoutCost = ask(simulator, { ...question, faults: 'open-end' })
  const withCost = ask(simulator, { ...question, faults: 'open-end cost' })
  const entries = await Promise.all([
    simulator.journal.waitFor(({ faults, phase }) => faults.length > 0 && phase === 'done-sent'),
    simulator.journal.waitFor(
      ({ faults, bytesWritten }) => faults.length > 0 && bytesWritten === whole.text.length,
    ),
  ])
  expect(entries.map((entry) => entry.closedBy)).toEqual([undefined, undefined])
  await simulator.close()
  expect(bodyOf(await withoutCost).endsWith(finish + done)).toBe(true)
  expect(bodyOf(await withCost)).toBe(bodyOf(whole))
})

test('no-cost ends with [DONE]', async () => {
  const simulator = await withSimulator()
  expect(bodyOf(await ask(simulator, { ...question, faults: 'no-cost' })).endsWith(finish + done)).toBe(true)
})

test('late-cost lets the client wait for it', async () => {
  const simulator = await withSimulator()
  const startedAt = performance.now()
  const body = bodyOf(await ask(simulator, { ...question, faults: 'late-cost ms=50' }))
  expect(performance.now() - startedAt).toBeGreaterThan(45)
  expect(body).toMatch(cost)
})

test('cost-without-newline ends with the brace', async () => {
  const simulator = await withSimulator()
  expect((await ask(simulator, { ...question, faults: 'cost-without-newline' })).text).toMatch(
    /\n\n: \{"cost".*\}$/,
  )
})

test('unfinished-event leaves out the last blank line', async () => {
  const simulator = await withSimulator()
  const atDone = bodyOf(await ask(simulator, { ...question, faults: 'unfinished-event' }))
  expect(atDone.endsWith(`${finish}data: [DONE]\n`)).toBe(true)
  const atFinish = bodyOf(await ask(simulator, { ...question, faults: 'unfinished-event at=finish' }))
  expect(atFinish.endsWith(`\n\n${finish.slice(0, -1)}`)).toBe(true)
})
