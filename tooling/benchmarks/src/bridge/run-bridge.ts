import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { RunOptions, SectionReport } from '../report/section-report.js'
import { runNode } from '../run-node.js'
import { makeTokens } from '../text/make-tokens.js'
import { bridgeContenders } from './bridge-contenders.js'
import { type BridgeResults, loads, reportBridge } from './report-bridge.js'
import type { ServerUse } from './server-worker.js'
import type { SlowReading } from './slow-reader-worker.js'

const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })

const ask = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const body = JSON.stringify({
      model: 'deepseek-chat',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    })
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    request(url, { method: 'POST', agent, headers }, (response) => readText(response).then(resolve, reject))
      .on('error', reject)
      .end(body)
  })

/** The text that a contender's answer holds. */
function textOf(answer: string, writes: 'text' | 'events' | 'ai-sdk'): string {
  if (writes === 'text') return answer
  const events = answer.split('\n\n').filter((event) => event.startsWith('data: {'))
  const data = events.map((event) => JSON.parse(event.slice(6)))
  return data
    .map((event) => (writes === 'events' ? event.choices[0]?.delta.content : event.delta) ?? '')
    .join('')
}

const start = async (script: string, words: readonly string[] = []) => {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), words, {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [port] = await once(child, 'message')
  return { child, url: `http://127.0.0.1:${port}` }
}

/** Servers between a provider and five hundred readers, each in a process of its own; and writables whose reader is slow. */
export async function runBridge({ isQuick, only, rounds, log }: RunOptions): Promise<SectionReport> {
  const contenders = Object.keys(bridgeContenders).filter(
    (name) =>
      name === 'decoded' ||
      (only.length > 0 ? only.includes(name) : !isQuick || !['naive', 'openai', 'ai'].includes(name)),
  )
  const results: BridgeResults = { uses: [], slow: {}, failures: {} }
  const provider = await start('./provider.js')
  try {
    for (let round = 0; round < (rounds ?? (isQuick ? 1 : 3)); round++) {
      for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
        if (results.failures[contender] !== undefined) continue
        const { child, url } = await start('./server-worker.js', [contender, provider.url])
        try {
          for (const [load, { kind, events, streams }] of Object.entries(loads)) {
            // Its five seconds hold more than enough to see what a contender takes.
            if (kind === 'paced' && round > 0) continue
            const address = `${url}/${kind}/${events}/chat/completions`
            if (load === 'flood') {
              const text = textOf(await ask(address), bridgeContenders[contender]?.writes ?? 'text')
              if (text !== makeTokens('lines', events).join(''))
                throw new Error(`Another text: ${text.slice(0, 100)}`)
            }
            child.send('start')
            await once(child, 'message')
            const since = performance.now()
            const answers = await Promise.all(Array.from({ length: streams }, () => ask(address)))
            const wall = performance.now() - since
            child.send('stop')
            const [use] = (await once(child, 'message')) as [ServerUse]
            const lengths = new Set(
              answers.map((answer) => textOf(answer, bridgeContenders[contender]?.writes ?? 'text')),
            )
            if (lengths.size !== 1)
              throw new Error(`${lengths.size} different texts: ${[...lengths].map((text) => text.length)}`)
            results.uses.push({ contender, load, round, wall, ...use })
            log(`bridge: round ${round + 1}, ${load}, ${contender}: ${Math.round(use.cpu)} ms`)
          }
        } catch (error) {
          results.failures[contender] = String(error)
          log(`bridge: ${contender}: ${error}`)
        } finally {
          child.disconnect()
        }
      }
    }
    for (const contender of contenders.filter((name) => bridgeContenders[name]?.takesSlowReader)) {
      const task = {
        contender,
        baseURL: `${provider.url}/endless/200`,
        warmUpURL: `${provider.url}/endless/5`,
        ms: isQuick ? 2_000 : 6_000,
      }
      const output = await runNode(new URL('./slow-reader-worker.js', import.meta.url), task, ['--expose-gc'])
      provider.child.send('how much?')
      const [sent] = (await once(provider.child, 'message')) as [number]
      results.slow[contender] = { ...(JSON.parse(output) as SlowReading), sent }
      log(`bridge: slow reader, ${contender}`)
    }
  } finally {
    agent.destroy()
    provider.child.disconnect()
  }
  return reportBridge(results)
}
