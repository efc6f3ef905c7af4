// One contender in a page without layout: when it is its turn it reads an answer of so many tokens, and tells what that took.
import { pathToFileURL } from 'node:url'
import { Window } from 'happy-dom'
import { takeTurns } from '../take-turns.js'
import { makeTokens } from '../text/make-tokens.js'
import { type AnswerEvents, answerEvents } from '../ui/answer-events.js'
import type { Mount, Protocol } from '../ui/ui-contender.js'

export interface HappyDomTask {
  readonly script: string
  readonly protocol: Protocol
}

export interface HappyDomCost {
  /** Of all tokens, in milliseconds. */
  readonly cpu: number
  readonly wall: number
  readonly commits: number
}

declare const mount: Mount

/** What the page has and Node has not; fetch, streams and timers stay Node's. */
function openPage(): void {
  const window = new Window({ url: 'http://localhost/' })
  const names = new Set(Object.getOwnPropertyNames(window))
  for (let proto = Object.getPrototypeOf(window); proto !== null; proto = Object.getPrototypeOf(proto)) {
    for (const name of Object.getOwnPropertyNames(proto)) names.add(name)
  }
  for (const name of names) {
    if (name in globalThis) continue
    const value: unknown = window[name as keyof typeof window]
    const bound = typeof value === 'function' && !/^[A-Z]/.test(name) ? value.bind(window) : value
    Object.defineProperty(globalThis, name, { value: bound, writable: true, configurable: true })
  }
}

/** Sixty a second, as on a screen: happy-dom's come at once. */
function showFrames(): void {
  let last = 0
  const timers = new Map<number, NodeJS.Timeout>()
  globalThis.requestAnimationFrame = (callback) => {
    const frame = ++last
    const left = 1000 / 60 - (performance.now() % (1000 / 60))
    const show = (): void => {
      timers.delete(frame)
      callback(performance.now())
    }
    timers.set(frame, setTimeout(show, left))
    return frame
  }
  globalThis.cancelAnimationFrame = (frame) => clearTimeout(timers.get(frame))
}

/** Every event in a task of its own. */
function respond({ headers, before, deltas, after }: AnswerEvents): Response {
  const encoder = new TextEncoder()
  const chunks = [before, ...deltas, after].filter((text) => text !== '').map((text) => encoder.encode(text))
  let position = 0
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        new Promise((resolve) =>
          setImmediate(() => {
            const chunk = chunks[position++]
            if (chunk === undefined) controller.close()
            else controller.enqueue(chunk)
            resolve()
          }),
        ),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers })
}

const { script, protocol } = JSON.parse(process.argv[2] ?? '') as HappyDomTask
openPage()
showFrames()
await import(pathToFileURL(script).href)

async function measure(size: number): Promise<HappyDomCost> {
  const tokens = makeTokens('lines', size)
  const response = respond(answerEvents(protocol, tokens))
  globalThis.fetch = async () => response
  const container = document.createElement('div')
  document.body.append(container)
  let commits = 0
  const onCommit = (): void => {
    commits++
  }
  const { send, text, unmount } = mount(container, { url: 'http://localhost/api', history: [], onCommit })
  for (const _ of 'ab') await new Promise((resolve) => requestAnimationFrame(resolve))
  // No collection is forced: it would take compiled code with it that a page in use never loses.
  commits = 0
  const cpu = process.cpuUsage()
  const wall = performance.now()
  await send()
  const { user, system } = process.cpuUsage(cpu)
  const cost = { cpu: (user + system) / 1000, wall: performance.now() - wall, commits }
  // Who publishes only now and then may not have published the end.
  for (let frame = 0; frame < 12; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  if (text() !== tokens.join('')) throw new Error(`Another text: ${text().length} characters.`)
  unmount()
  container.remove()
  return cost
}

takeTurns(measure)
