import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { RunOptions, SectionReport } from '../report/section-report.js'
import { runNode } from '../run-node.js'
import { startCrew } from '../take-turns.js'
import { makeTokens } from '../text/make-tokens.js'
import { bridgeContenders } from './bridge-contenders.js'
import { BASE, type BridgeResults, floors, type Load, loads, reportBridge } from './report-bridge.js'
import type { ServerTask, ServerUse } from './server-worker.js'
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
function textOf(answer: string, writes: 'text' | 'events' | 'ai-sdk' = 'text'): string {
  if (writes === 'text') return answer
  const events = answer.split('\n\n').filter((event) => event.startsWith('data: {'))
  const data = events.map((event) => JSON.parse(event.slice(6)))
  return data
    .map((event) => (writes === 'events' ? event.choices[0]?.delta.content : event.delta) ?? '')
    .join('')
}

/** Asks a contender for so many answers at once. Throws if one of them has another text than was sent. */
async function askAll(url: string, contender: string, load: Load, streams: number): Promise<void> {
  const { events } = loads[load]
  const address = `${url}/${load}/${events}/chat/completions`
  const answers = await Promise.all(Array.from({ length: streams }, () => ask(address)))
  const sent = makeTokens('lines', events).join('')
  // Most are the same to the letter.
  for (const answer of new Set(answers)) {
    const text = textOf(answer, bridgeContenders[contender]?.writes)
    if (text !== sent) throw new Error(`Another text: ${text.slice(0, 100)}`)
  }
}

/** As many turns of a load as warm a server up, and as many as count. */
interface Turns {
  readonly warmUp: number
  readonly counted: number
}

/** Servers between a provider and five hundred readers, each in a process of its own; and writables whose reader is slow. */
export async function runBridge({ isQuick, only, rounds, log }: RunOptions): Promise<SectionReport> {
  const isChosen = (name: string): boolean =>
    only.includes(name) || only.some((word) => floors[word] === name)
  const isQuickOne = (name: string): boolean => !isSlow(name) && name !== 'naive'
  const contenders = Object.keys(bridgeContenders).filter(
    (name) => name === BASE || (only.length > 0 ? isChosen(name) : !isQuick || isQuickOne(name)),
  )
  // The slow ones by themselves: nobody is to be idle for long, which would bring a collection.
  const crews = [
    { names: contenders.filter((name) => !isSlow(name)), flood: { warmUp: 2, counted: 5 } },
    { names: contenders.filter((name) => isSlow(name) || name === BASE), flood: { warmUp: 1, counted: 2 } },
  ].filter(({ names }) => names.some((name) => name !== BASE))
  const results: BridgeResults = { turns: 0, uses: [], memory: [], slow: {}, failures: {} }
  const fail = (contender: string, error: unknown): void => {
    results.failures[contender] = String(error)
    log(`bridge: ${contender}: ${error}`)
  }
  const provider = await startProvider()
  try {
    for (let round = 0; round < (rounds ?? (isQuick ? 1 : 2)); round++) {
      for (const { names, flood } of crews) {
        const due = names.filter((contender) => results.failures[contender] === undefined)
        await playRound(due, 'flood', flood, provider.url, results, fail)
        log(`bridge: round ${round + 1}, flood, ${due.join(', ')}`)
        // Its five seconds hold more than enough to see what a contender takes.
        if (round > 0) continue
        await playRound(due, 'paced', { warmUp: 0, counted: 1 }, provider.url, results, fail)
        log(`bridge: paced, ${due.join(', ')}`)
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
      results.slow[contender] = { ...(JSON.parse(output) as SlowReading), sent: await provider.sent() }
      log(`bridge: slow reader, ${contender}`)
    }
  } finally {
    agent.destroy()
    provider.close()
  }
  return reportBridge(results)
}

const isSlow = (contender: string): boolean => contender === 'openai' || contender === 'ai'

/** Notes what each server takes when it is asked by many at once. Memory is that of the first turn of a new process. */
async function playRound(
  contenders: readonly string[],
  load: Load,
  { warmUp, counted }: Turns,
  provider: string,
  results: BridgeResults,
  fail: (contender: string, error: unknown) => void,
): Promise<void> {
  const script = new URL('./server-worker.js', import.meta.url)
  const taskOf = (contender: string): ServerTask => ({ contender, provider })
  const crew = await startCrew<ServerUse>(contenders, script, taskOf, fail)
  const takeTurn = (streams: number) =>
    crew.turn(async (tell, contender) => {
      const { url } = await tell('how much?')
      const since = performance.now()
      await askAll(url, contender, load, streams)
      const wall = performance.now() - since
      return { ...(await tell('how much?')), wall }
    })
  // What is loaded and compiled once is no growth.
  await takeTurn(1)
  for (let turn = 0; turn < warmUp + counted; turn++) {
    for (const [contender, { cpu, rss, wall }] of await takeTurn(loads[load].streams)) {
      if (turn === 0) results.memory.push({ contender, load, rss })
      if (turn >= warmUp) results.uses.push({ contender, load, turn: results.turns, cpu, wall })
    }
    results.turns++
  }
  crew.close()
}

async function startProvider() {
  const script = fileURLToPath(new URL('./provider.js', import.meta.url))
  const child = fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [port] = await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    /** How much of the last answer it has written, in bytes. */
    async sent(): Promise<number> {
      child.send('how much?')
      const [sent] = await once(child, 'message')
      return sent
    },
    close: () => child.disconnect(),
  }
}
