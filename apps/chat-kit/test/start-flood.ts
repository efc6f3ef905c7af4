import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A provider that writes its answer as fast as it is read, and then keeps the reader waiting for the end. */
export interface Flood {
  readonly url: string
  readonly end: () => void
  readonly close: () => void
}

const chunk = (delta: object, finish_reason: string | null): string =>
  `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`

const words =
  'This **flood** of words is written as fast as it can be read, and nobody has to `wait` for it but those who read [the text](https://example.com) to its end, which is so far away that nobody has been there yet, and of those who set out for it some are said to read on to this day, word by word, line by line.'.split(
    ' ',
  )
function pieceAt(at: number): string {
  if (at % 400 === 0) return '\n\n## A heading\n\n'
  return at % 80 === 0 ? '.\n\n' : `${words[at % words.length]} `
}

export async function startFlood(pieces: number): Promise<Flood> {
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const write = async (response: ServerResponse): Promise<void> => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const left = new AbortController()
    response.once('close', () => left.abort())
    for (let written = 1; written <= pieces && !response.closed; written += 100) {
      const some = Array.from({ length: 100 }, (_, at) => chunk({ content: pieceAt(written + at) }, null))
      if (response.write(some.join(''))) continue
      await once(response, 'drain', { signal: left.signal }).catch(() => {}) // or the reader has left
    }
    await ended
    response.end(`${chunk({ content: '\n\nThe end.' }, null)}${chunk({}, 'stop')}data: [DONE]\n\n`)
  }
  const server = createServer((_, response) => void write(response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    end,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
