import { startSimulator } from '@chatstream/simulator'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readSettings } from '../src/read-settings.js'
import { startServer } from '../src/start-server.js'

const KEY = 'sk-server-key-that-nobody-may-see'
const body = (content: string): string =>
  JSON.stringify({ model: 'deepseek-chat', stream: true, messages: [{ role: 'user', content }] })

const start = async (environment: NodeJS.ProcessEnv = {}) => {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const lines: string[] = []
  const server = await startServer(
    {
      HOST: '127.0.0.1',
      PORT: '0',
      METRICS_PORT: '0',
      ALLTOKEN_API_KEY: KEY,
      ALLTOKEN_BASE_URL: simulator.url,
      RELAY_TOKENS: 'ann:token-of-ann',
      SHUTDOWN_SECONDS: '0.2',
      ...environment,
    },
    { write: (line) => lines.push(line) },
  )
  onTestFinished(() => server.close())
  const ask = (content: string, token = 'token-of-ann'): Promise<Response> =>
    fetch(`${server.url}/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: body(content),
    })
  return { simulator, server, lines, ask, health: `${new URL(server.url).origin}/healthz` }
}

describe('the server', () => {
  it('answers those whom it knows, counts, and logs neither prompts nor keys', async () => {
    const { server, lines, ask, health, simulator } = await start()
    expect((await ask('Hello', 'another')).status).toBe(401)
    expect(await (await ask('My password is swordfish')).text()).toContain('[DONE]')
    expect((await ask('[[fault status code=400 message=swordfish]] Hello')).status).toBe(400)
    expect(await (await fetch(health)).json()).toEqual({ status: 'ok' })
    expect(simulator.journal.entries[0]?.headers.authorization).toBe(`Bearer ${KEY}`)
    const metrics = await (await fetch(server.metricsUrl)).text()
    expect(metrics).toMatch(/relay_answers_total\{model="other",outcome="complete"\} 1/)
    expect(metrics).toMatch(/relay_answers_total\{model="other",outcome="failed"\} 1/)
    expect(metrics).toMatch(/relay_answers_running 0/)
    const log = lines.join('')
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'listening',
      'answer',
      'answer',
    ])
    expect(log).toMatch(/"user":"ann".*"cost":"0\.0/)
    expect(log).not.toMatch(/swordfish|token-of-ann/)
    expect(log + metrics).not.toContain(KEY)
  })

  it('closes gracefully: unhealthy at once, the answer told, the port free', async () => {
    const { server, ask, health } = await start()
    const response = await ask('[[fault stall after=3]] Hello')
    const closing = server.close()
    expect(await response.text()).toMatch(/"code":"shutting_down"/)
    await closing
    await expect(fetch(health)).rejects.toThrow()
  })
})

describe('settings', () => {
  it('say what is wrong, and not what it was', () => {
    const wrong = { PORT: 'x-secret', RELAY_OPEN: '1', ALLTOKEN_BASE_URL: 'y-secret' }
    expect(() => readSettings(wrong)).toThrow(/PORT: a whole number\nALLTOKEN_BASE_URL: an address/)
    expect(() => readSettings(wrong)).not.toThrow(/secret/)
  })

  it('must say who may ask', () => {
    expect(() => readSettings({})).toThrow(/RELAY_TOKENS/)
    expect(readSettings({ RELAY_OPEN: '1', RELAY_MODELS: 'a, b', PORT: '' })).toMatchObject({
      PORT: 8080,
      RELAY_MODELS: ['a', 'b'],
      SHUTDOWN_SECONDS: 25_000,
    })
  })
})
