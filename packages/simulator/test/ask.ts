import { type IncomingHttpHeaders, request } from 'node:http'
import type { Simulator } from '../src/index.js'

/** What came back from the simulator. */
export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The chunks of the body as the socket gave them. */
  readonly pieces: readonly Buffer[]
  /** How the connection broke, if it did. */
  readonly broken: string | undefined
}

/** What to ask. */
export interface Question {
  readonly prompt?: string
  readonly faults?: string
  readonly apiKey?: string
  readonly [field: string]: unknown
}

/** Asks for a streamed completion over a plain socket, and reads all that comes. */
export function ask(simulator: Simulator, question: Question = {}): Promise<Reply> {
  const { prompt = 'Hello', faults, apiKey = 'key', ...fields } = question
  const messages = [{ role: 'user', content: prompt }]
  const body = JSON.stringify({ model: 'claude-sonnet-4', messages, stream: true, ...fields })
  return send(simulator, 'POST', '/chat/completions', body, {
    authorization: `Bearer ${apiKey}`,
    ...(faults !== undefined && { 'x-simulator-fault': faults }),
  })
}

/** Sends any request, and reads all that comes. */
export function send(
  simulator: Simulator,
  method: string,
  path: string,
  body = '',
  headers: Record<string, string> = { authorization: 'Bearer key' },
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    let broken: string | undefined
    let isAnswered = false
    const outgoing = request(simulator.url + path, { method, headers, agent: false }, (response) => {
      isAnswered = true
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      // A broken response is told by its request as well.
      response.on('error', () => {})
      response.on('close', () => {
        const text = Buffer.concat(pieces).toString()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, pieces, broken })
      })
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      broken = error.code
      if (!isAnswered) reject(error)
    })
    outgoing.end(body)
  })
}

// biome-ignore-start lint/suspicious/noExplicitAny: a test says by its expectations what the JSON should be.
/** Reads the JSON of all `data:` lines but `[DONE]`. */
export function chunksOf({ text }: Reply): any[] {
  return [...text.matchAll(/^data: (\{.*)$/gm)].map(([, json = '']) => JSON.parse(json))
}

/** Joins the content of a choice. */
export function contentOf(reply: Reply, choice = 0): string {
  return deltasOf(reply, choice)
    .map((delta) => delta.content ?? '')
    .join('')
}

/** Lists the deltas of a choice. */
export function deltasOf(reply: Reply, choice = 0): any[] {
  return chunksOf(reply)
    .flatMap((chunk) => chunk.choices)
    .filter((each) => each.index === choice)
    .map((each) => each.delta)
}

// biome-ignore-end lint/suspicious/noExplicitAny: as above.

/** The body without what differs from answer to answer. */
export function bodyOf({ text }: Reply): string {
  return text.replace(
    /"id":"chatcmpl-\w+","object":"chat.completion.chunk","created":\d+,"model":"[\w-]+",/g,
    '',
  )
}
