import { get as getHttp1, type IncomingMessage } from 'node:http'
import { type ClientHttp2Stream, connect } from 'node:http2'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** An answer that is on its way. */
export interface Getting {
  readonly status: Promise<number>
  readonly headers: Promise<Readonly<Record<string, unknown>>>
  /** The whole body; rejects if the connection broke before its end. */
  readonly body: Promise<string>
  /** Reads until this has come. */
  readonly shows: (what: string) => Promise<void>
  readonly leave: () => void
}

export function getOver(protocol: 'HTTP/1.1' | 'HTTP/2', url: string): Getting {
  return protocol === 'HTTP/1.1' ? overHttp1(url) : overHttp2(url)
}

function overHttp1(url: string): Getting {
  const request = getHttp1(url, { agent: false })
  const response = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
  })
  return {
    status: quiet(response.then(({ statusCode = 0 }) => statusCode)),
    headers: quiet(response.then(({ headers }) => headers)),
    ...reading(response),
    leave: () => request.destroy(),
  }
}

function overHttp2(url: string): Getting {
  const session = connect(url)
  session.on('error', () => {})
  onTestFinished(() => session.destroy())
  const stream = session.request({ ':path': new URL(url).pathname })
  const headers = new Promise<Record<string, unknown>>((resolve, reject) => {
    stream.on('response', resolve).on('error', reject)
  })
  return {
    status: quiet(headers.then((fields) => Number(fields[':status']))),
    headers: quiet(headers),
    ...reading(Promise.resolve(stream)),
    leave: () => stream.close(8),
  }
}

function reading(body: Promise<IncomingMessage | ClientHttp2Stream>): Pick<Getting, 'body' | 'shows'> {
  let seen = ''
  const checks = new Set<() => void>()
  const start = async (): Promise<string> => {
    const stream = await body
    stream.setEncoding('utf8')
    stream.on('data', (piece: string) => {
      seen += piece
      for (const check of checks) check()
    })
    return text(stream)
  }
  return {
    body: quiet(start()),
    shows: (what) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (!seen.includes(what)) return
          checks.delete(check)
          resolve()
        }
        checks.add(check)
        check()
      }),
  }
}

/** Whoever asks for it is told; nobody has to ask. */
const quiet = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => {})
  return promise
}
