import { connect } from 'node:net'
import { getActiveResourcesInfo } from 'node:process'
import { expect, test } from 'vitest'
import { startSimulator } from '../src/index.js'
import { ask } from './ask.js'
import { withSimulator } from './with-simulator.js'

test('keeps what arrived, and how it was answered', async () => {
  const simulator = await withSimulator({ seed: 1 })
  const before = Date.now()
  const reply = await ask(simulator, { prompt: 'Hi', apiKey: 'secret' })
  const [entry] = simulator.journal.entries
  await entry?.closed
  expect(entry).toMatchObject({
    id: reply.headers['x-request-id'],
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { authorization: 'Bearer secret' },
    body: { model: 'claude-sonnet-4', messages: [{ role: 'user', content: 'Hi' }], stream: true },
    status: 200,
    faults: [],
    phase: 'ended',
    bytesWritten: Buffer.byteLength(reply.text),
    eventsWritten: reply.text.split('\n\ndata: ').length,
    writesBlocked: 0,
    closedBy: 'server',
  })
  expect(entry?.receivedAt).toBeGreaterThanOrEqual(before)
  expect(entry?.endedAt).toBeGreaterThanOrEqual(entry?.receivedAt ?? 0)
})

test.each([
  ['stall before-headers', 'before-headers'],
  ['stall', 'headers-sent'],
  ['stall after=2', 'streaming'],
  ['stall after=2 keep-alive=5', 'streaming'],
  ['open-end', 'done-sent'],
  ['late-cost ms=60000', 'done-sent'],
  ['error-frame ending=open', 'streaming'],
] as const)('sees the client leave: %s', async (faults, phase) => {
  const simulator = await withSimulator()
  const controller = new AbortController()
  const answer = fetch(`${simulator.url}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer key', 'x-simulator-fault': faults },
    body: JSON.stringify({
      model: 'deepseek-chat',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
    }),
    signal: controller.signal,
  })
    .then((response) => response.text())
    .catch((error) => error.name)
  const entry = await simulator.journal.waitFor((each) => each.phase === phase && each.faults.length > 0)
  controller.abort()
  await entry.closed
  expect(entry).toMatchObject({ closedBy: 'client', phase })
  expect(entry.endedAt).toBeDefined()
  expect(await answer).toBe('AbortError')
})

test('sees the client leave while it still sends its request', async () => {
  const simulator = await withSimulator()
  const socket = connect(simulator.port, '127.0.0.1')
  socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"model"')
  const entry = await simulator.journal.waitFor(() => true)
  socket.destroy()
  await entry.closed
  expect(entry).toMatchObject({ closedBy: 'client', phase: 'before-headers', status: undefined })
})

test('close ends everything: connections, timers, and those who wait', async () => {
  const timersBefore = getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const simulator = await startSimulator({ faults: 'stall ms=60000' })
  const answers = [ask(simulator), ask(simulator, { faults: 'stall before-headers' }).catch(() => {})]
  await simulator.journal.waitFor(
    () => simulator.journal.entries.filter(({ faults }) => faults.length > 0).length === 2,
  )
  const waiting = expect(simulator.journal.waitFor(() => false, { timeoutMs: 60_000 })).rejects.toThrow(
    'closed',
  )
  await Promise.all([simulator.close(), simulator.close()])
  await Promise.all([waiting, ...answers])
  expect(simulator.journal.entries.map((entry) => entry.closedBy)).toEqual(['server', 'server'])
  const again = await startSimulator({ port: simulator.port })
  await again.close()
  await expect(fetch(simulator.url)).rejects.toThrow()
  expect(getActiveResourcesInfo().filter((name) => name === 'Timeout').length).toBeLessThanOrEqual(
    timersBefore + 1,
  )
})
