import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import type { Simulator } from '../src/index.js'
import { ask } from './ask.js'
import { withSimulator } from './with-simulator.js'

test('endless-line sends one line of a given size', async () => {
  const simulator = await withSimulator()
  const { text } = await ask(simulator, { faults: 'endless-line bytes=1000000' })
  expect(text).toMatch(/^data: \{"choices":\[\{"index":0,"delta":\{"content":"x+$/)
  expect(text).toHaveLength(1_000_000)
})

test('flood sends so many bytes of sound events, and then the answer', async () => {
  const simulator = await withSimulator()
  const { text } = await ask(simulator, { faults: 'flood bytes=3000000', max_tokens: 1 })
  expect(text.length).toBeGreaterThan(3_000_000)
  const data = text.split('\n\n').filter((event) => event.startsWith('data: {'))
  for (const event of data) JSON.parse(event.slice('data: '.length))
  expect(text).toContain('data: [DONE]\n\n: {"cost"')
  expect(simulator.journal.entries[0]?.eventsWritten).toBe(data.length + 1)
})

test('waits while the client does not read, and stops when it leaves', async () => {
  const simulator = await withSimulator()
  const response = await openUnread(simulator, 'flood')
  const entry = await simulator.journal.waitFor((each) => each.writesBlocked > 0)
  response.destroy()
  await entry.closed
  expect(entry).toMatchObject({ closedBy: 'client', phase: 'streaming' })
  expect(entry.bytesWritten).toBeLessThan(20_000_000)
})

test('goes on when the client reads again', async () => {
  const simulator = await withSimulator()
  const response = await openUnread(simulator, 'flood bytes=20000000')
  const entry = await simulator.journal.waitFor((each) => each.writesBlocked > 0)
  let bytes = 0
  for await (const piece of response) bytes += piece.length
  await entry.closed
  expect(entry).toMatchObject({ closedBy: 'server', phase: 'ended', bytesWritten: bytes })
  expect(entry.writableBlockedMs).toBeGreaterThan(0)
})

async function openUnread(simulator: Simulator, faults: string): Promise<IncomingMessage> {
  const outgoing = request(`${simulator.url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer key', 'x-simulator-fault': faults },
    agent: false,
  })
  outgoing.end(
    JSON.stringify({ model: 'deepseek-chat', messages: [{ role: 'user', content: 'Hi' }], stream: true }),
  )
  const [response] = await once(outgoing, 'response')
  outgoing.on('error', () => {})
  return response
}
