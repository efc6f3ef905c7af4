import type { ServerResponse } from 'node:http'
import { ChatStreamError } from '@chatstream/core'
import type { Observable } from 'rxjs'
import type { BridgeOptions } from './flow/bridge-options.js'
import { isReaderGone } from './flow/is-reader-gone.js'
import { type Flow, startFlow } from './flow/start-flow.js'
import type { Format } from './format/format.js'
import { type Formats, formatOf } from './format/formats.js'

export interface PipeOptions extends BridgeOptions {
  /**
   * End the writable after the stream, and destroy it if the stream fails in a way that its text cannot tell. Default:
   * true, except for `process.stdout` and `process.stderr`.
   */
  readonly end?: boolean
  /** Give up on a reader that has taken nothing for so many milliseconds, with a `timeout` error. Default: never. */
  readonly stallMs?: number
}

/** How it ended, if not by an error. */
export type PipeEnd = 'finished' | 'reader-left'

/**
 * Writes a stream of chat events, or what operators made of it, to a writable of Node: stdout, a file, a socket, gzip, a
 * response of `node:http` or `node:http2`. While the writable is full, nothing is read from the provider's socket.
 *
 * Resolves with `finished` once all is written, or with `reader-left` as soon as the reader goes away, which closes the
 * connection to the provider. Rejects with the stream's error, after it was told: as a frame (`sse`), as a line (`jsonl`),
 * or by destroying the writable (`text`). If nothing of a response was sent yet, it is untouched: answer with a status.
 * Rejects with `too-large` if the source is faster than the reader and cannot be held back, with `timeout` after
 * `stallMs`, and with the error of a writable that fails otherwise.
 *
 * @example
 * ```ts
 * import { createServer } from 'node:http'
 * import { createChatClient } from '@chatstream/core'
 * import { pipeToWritable } from '@chatstream/node'
 *
 * const client = createChatClient({ apiKey: 'KEY' })
 * const messages = [{ role: 'user', content: 'Hello' }] as const
 * createServer(async (_request, response) => {
 *   const stream$ = client.stream({ model: 'deepseek-chat', messages })
 *   try {
 *     await pipeToWritable(stream$, response, { format: 'sse', heartbeatMs: 15_000 })
 *   } catch {
 *     if (!response.headersSent) response.writeHead(502).end()
 *   }
 * })
 * ```
 */
export function pipeToWritable<Name extends keyof Formats>(
  stream$: Observable<Formats[Name]>,
  writable: NodeJS.WritableStream,
  options: PipeOptions & { readonly format: Name },
): Promise<PipeEnd>
export function pipeToWritable<T>(
  stream$: Observable<T>,
  writable: NodeJS.WritableStream,
  options: PipeOptions & { readonly format: Format<T> },
): Promise<PipeEnd>
export function pipeToWritable(
  stream$: Observable<unknown>,
  writable: NodeJS.WritableStream,
  options: PipeOptions & { readonly format: keyof Formats | Format<never> },
): Promise<PipeEnd> {
  const target = writable as Target
  const isStdio = writable === process.stdout || writable === process.stderr
  const { end: mayEnd = !isStdio, stallMs } = options
  const format = formatOf(options.format)

  return new Promise((resolve, reject) => {
    if (isClosed(target)) return resolve('reader-left')
    let failure: { readonly error: unknown } | undefined
    let isEnding = false
    let isSettled = false
    let flow: Flow | undefined
    let stall: NodeJS.Timeout | undefined

    const watchStall = (): void => {
      if (stallMs !== undefined) stall ??= setTimeout(() => abort(stalled(stallMs)), stallMs)
    }
    const moved = (): void => {
      clearTimeout(stall)
      stall = undefined
    }

    const settle = (end: PipeEnd): void => {
      if (isSettled) return
      isSettled = true
      moved()
      flow?.stop()
      target.off('drain', onDrain).off('finish', onFinish).off('close', onClose).off('error', onError)
      // A pipe that broke says so once for each write that was under way.
      target.on('error', ignore)
      if (failure === undefined) resolve(end)
      else reject(failure.error)
    }
    const abort = (error: unknown): void => {
      failure = { error }
      settle('finished')
      // Without an error, a stream of HTTP/2 would seem to be at its end.
      if (mayEnd) target.destroy?.(target.stream && error)
    }

    const onDrain = (): void => {
      moved()
      flow?.drained()
    }
    const onFinish = (): void => settle(isEnding ? 'finished' : 'reader-left')
    const onClose = (): void => settle('reader-left')
    const onError = (error: unknown): void => {
      if (!isReaderGone(error)) failure ??= { error }
      settle('reader-left')
    }
    target.on('drain', onDrain).on('finish', onFinish).on('close', onClose).on('error', onError)

    const finish = (): void => {
      isEnding = true
      setHeaders(target, format)
      watchStall()
      if (mayEnd) target.end()
      else target.write('', () => settle('finished'))
    }

    flow = startFlow(
      stream$,
      format,
      {
        write(text) {
          setHeaders(target, format)
          const wantsMore = target.write(text)
          if (typeof target.flush === 'function') target.flush()
          if (!wantsMore) watchStall()
          return wantsMore
        },
        mayTell: () => target.headersSent !== false,
        complete: finish,
        fail(error, isTold) {
          failure = { error }
          if (isTold) finish()
          else if (target.headersSent === false || !mayEnd) settle('finished')
          else abort(error)
        },
        abort,
      },
      options,
    )
    if (isSettled) flow.stop()
  })
}

/** What a writable may have besides. */
type Target = NodeJS.WritableStream &
  Partial<Pick<ServerResponse, 'headersSent' | 'hasHeader' | 'setHeader' | 'destroyed' | 'writableEnded'>> & {
    destroy?(error?: unknown): unknown
    /** Of gzip and its like: what was written comes out. Of a file, a setting. */
    flush?: (() => unknown) | boolean
    /** Of a response of `node:http2`. */
    readonly stream?: { readonly destroyed: boolean }
  }

const isClosed = ({ destroyed, writableEnded, stream }: Target): boolean =>
  destroyed === true || writableEnded === true || stream?.destroyed === true

function setHeaders(target: Target, { headers }: Format<unknown>): void {
  if (target.headersSent !== false) return
  for (const name in headers)
    if (target.hasHeader?.(name) === false) target.setHeader?.(name, headers[name] ?? '')
}

const stalled = (stallMs: number): ChatStreamError =>
  new ChatStreamError('timeout', `The reader took nothing for ${stallMs} ms.`)

// It is over, and has been told.
const ignore = (): void => {}
