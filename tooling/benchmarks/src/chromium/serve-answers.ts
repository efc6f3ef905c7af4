import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AnswerEvents } from '../ui/answer-events.js'

interface ServedAnswer {
  readonly events: AnswerEvents
  /** Tokens a second; `Infinity` for all at once. */
  readonly perSecond: number
  /** Called when so many tokens have been written. */
  readonly onSent?: (count: number) => void
}

export interface AnswerServer {
  readonly url: string
  /** Serves a page with this script; gives its address. */
  readonly addPage: (script: string) => string
  /** Serves this answer to whoever asks; gives its address, or where it starts. */
  readonly addAnswer: (answer: ServedAnswer) => string
  readonly close: () => void
}

/** Without a font for it, every piece of Japanese asks the system for one. */
const font = new URL(
  '../node_modules/@fontsource/kosugi-maru/files/kosugi-maru-japanese-400-normal.woff2',
  import.meta.url,
)

/** A page wide enough for 720 pixels of text, in a box of 700 that scrolls. */
const page = (script: string): string => `<!doctype html><meta charset="utf-8"><style>
  @font-face { font-family: Japanese; src: url(/font) }
  #scroller { height: 700px; overflow: auto }
  #content { width: 720px; font: 16px/1.5 sans-serif, Japanese }
  pre { margin: 0; font: inherit; white-space: pre-wrap; overflow-wrap: break-word }
  article { contain: content }
</style><div id="scroller"><div id="content"></div></div><script type="module" src="${script}"></script>`

export async function serveAnswers(): Promise<AnswerServer> {
  const scripts: string[] = []
  const answers: ServedAnswer[] = []
  const server = createServer((request, response) => {
    const [, kind, number] = (request.url ?? '').split('/')
    const answer = answers[Number(number)]
    const script = scripts[Number(number)]
    if (kind === 'answer' && answer !== undefined) {
      request.resume()
      write(answer, response)
    } else if (kind === 'page') {
      response.setHeader('content-type', 'text/html').end(page(`/script/${number}`))
    } else if (kind === 'script') {
      response.setHeader('content-type', 'text/javascript').end(script)
    } else if (kind === 'font') {
      response.end(readFileSync(font))
    } else {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    addPage: (script) => `${url}/page/${scripts.push(script) - 1}`,
    addAnswer: (answer) => `${url}/answer/${answers.push(answer) - 1}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** One write a token, as many as are due. */
function write({ events, perSecond, onSent }: ServedAnswer, response: ServerResponse): void {
  const { headers, before, deltas, after } = events
  response.writeHead(200, headers)
  response.socket?.setNoDelay(true)
  if (before !== '') response.write(before)
  const start = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const elapsed = (performance.now() - start) / 1000
    const due = perSecond === Number.POSITIVE_INFINITY ? deltas.length : elapsed * perSecond
    while (sent < Math.min(due, deltas.length)) {
      response.write(deltas[sent++] as string)
      onSent?.(sent)
    }
    if (sent < deltas.length && !response.destroyed) return
    clearInterval(timer)
    response.end(after)
  }, 1)
}
