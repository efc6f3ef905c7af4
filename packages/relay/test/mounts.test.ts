import { EventEmitter, once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createChatClient, finalMessage } from '@chatstream/core'
import { startSimulator } from '@chatstream/simulator'
import { createAdaptorServer } from '@hono/node-server'
import express from 'express'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mountInExpress } from '../examples/express.js'
import { mountInFastify } from '../examples/fastify.js'
import { mountInHono } from '../examples/hono.js'
import { createMemoryStore, type Relay } from '../src/index.js'
import { ask, say, startRelay } from './start-relay.js'

const listen = async (server: Server): Promise<string> => {
  if (!server.listening) server.listen(0, '127.0.0.1')
  if (!server.listening) await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
}

const mounts: readonly (readonly [string, (relay: Relay) => Promise<string>])[] = [
  ['Hono', (relay) => listen(createAdaptorServer({ fetch: mountInHono(relay).fetch }) as Server)],
  ['Express', (relay) => listen(createServer(mountInExpress(relay)))],
  [
    'Express, behind a body parser',
    (relay) => listen(createServer(express().use(express.json()).use(mountInExpress(relay)))),
  ],
  [
    'Fastify',
    async (relay) => {
      const app = mountInFastify(relay)
      await app.ready()
      return listen(app.server)
    },
  ],
]

describe.each(mounts)('in %s', (_, mount) => {
  it('answers, resumes and stops', async () => {
    const { relay, simulator } = await startRelay({ store: createMemoryStore() })
    const url = await mount(relay)
    const message = await finalMessage(createChatClient({ baseURL: url }).stream(say('Hello')))
    expect(message).toMatchObject({ state: 'complete', cost: { cost: expect.any(String) } })
    const response = await ask(url, say('[[fault stall after=3]] Hello'))
    const stream = `${url}/streams/${response.headers.get('x-stream-id')}`
    const resumed = await fetch(stream, { headers: { 'last-event-id': '2' } })
    expect((await fetch(stream, { method: 'DELETE' })).status).toBe(204)
    expect(await resumed.text()).toMatch(/^data: .*\nid: 3\n\n.*"code":"stopped"/s)
    expect((await ask(url, '{')).status).toBe(400)
    expect(simulator.journal.entries.at(-1)?.closedBy).toBe('client')
  })

  it('lets the provider go when the page leaves', async () => {
    const { relay, simulator } = await startRelay()
    const url = await mount(relay)
    const controller = new AbortController()
    await ask(url, say('[[fault stall after=3]] Hello'), { signal: controller.signal })
    controller.abort()
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })

  it('lets the provider go when the page leaves before there is an answer', async () => {
    const { relay, simulator } = await startRelay()
    const url = await mount(relay)
    const controller = new AbortController()
    const asked = ask(url, say('[[fault stall before-headers]] Hello'), { signal: controller.signal })
    await simulator.journal.waitFor(({ body }) => body !== undefined)
    controller.abort()
    await expect(asked).rejects.toThrow()
    await simulator.journal.waitFor(({ closedBy }) => closedBy === 'client')
  })

  it('tells authorize that the page leaves, by the signal of the request', async () => {
    const steps = new EventEmitter()
    const { relay } = await startRelay({
      async authorize({ signal }) {
        steps.emit('asked')
        await once(signal, 'abort')
        steps.emit('left')
        return null
      },
    })
    const url = await mount(relay)
    const controller = new AbortController()
    const [isAsked, hasLeft] = [once(steps, 'asked'), once(steps, 'left')]
    const response = ask(url, say('Hello'), { signal: controller.signal })
    await isAsked
    controller.abort()
    await expect(response).rejects.toThrow()
    await hasLeft
  })
})

describe('in Next.js', () => {
  it('is the handler of a route', async () => {
    const simulator = await startSimulator()
    onTestFinished(() => simulator.close())
    process.env['ALLTOKEN_BASE_URL'] = simulator.url
    process.env['ALLTOKEN_API_KEY'] = 'any'
    onTestFinished(() => {
      delete process.env['ALLTOKEN_BASE_URL']
      delete process.env['ALLTOKEN_API_KEY']
    })
    const { POST } = await import('../examples/next.js')
    const request = (cookie: string): Request =>
      new Request('https://app.example/api/chat/completions', {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(say('Hello')),
      })
    expect((await POST(request(''))).status).toBe(401)
    expect(await (await POST(request('session=1'))).text()).toContain('[DONE]')
  })
})
