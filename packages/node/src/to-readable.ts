import { Readable } from 'node:stream'
import type { Observable } from 'rxjs'
import type { BridgeOptions } from './flow/bridge-options.js'
import { type Flow, startFlow } from './flow/start-flow.js'
import type { Format } from './format/format.js'
import { type Formats, formatOf } from './format/formats.js'

export interface ReadableOptions extends BridgeOptions {
  /** As in `node:stream`, in bytes. Default: Node's own. */
  readonly highWaterMark?: number
}

/**
 * A stream of chat events, or what operators made of it, as a readable of Node. It is subscribed to by the first read;
 * while nobody reads on, nothing is read from the provider's socket; destroying it closes that.
 *
 * An error of the stream is a frame (`sse`) or a line (`jsonl`), after which the readable ends; with `text` it is
 * destroyed with that error. With `too-large` it is destroyed in any format.
 *
 * @example
 * ```ts
 * import { createWriteStream } from 'node:fs'
 * import { pipeline } from 'node:stream/promises'
 * import { createGzip } from 'node:zlib'
 * import { createChatClient } from '@chatstream/core'
 * import { toReadable } from '@chatstream/node'
 *
 * const stream$ = createChatClient({ apiKey: 'KEY' }).stream({ model: 'deepseek-chat', messages: [] })
 * await pipeline(toReadable(stream$, { format: 'jsonl' }), createGzip(), createWriteStream('answer.jsonl.gz'))
 * ```
 */
export function toReadable<Name extends keyof Formats>(
  stream$: Observable<Formats[Name]>,
  options: ReadableOptions & { readonly format: Name },
): Readable
export function toReadable<T>(
  stream$: Observable<T>,
  options: ReadableOptions & { readonly format: Format<T> },
): Readable
export function toReadable(
  stream$: Observable<unknown>,
  options: ReadableOptions & { readonly format: keyof Formats | Format<never> },
): Readable {
  const { highWaterMark } = options
  let flow: Flow | undefined
  let isStarted = false

  const readable = new Readable({
    ...(highWaterMark !== undefined && { highWaterMark }),
    read() {
      if (isStarted) return flow?.drained()
      isStarted = true
      flow = startFlow(stream$, formatOf(options.format), outlet, options)
    },
    destroy(error, callback) {
      flow?.stop()
      callback(error)
    },
  })

  const outlet = {
    write: (text: string) => readable.push(text),
    mayTell: () => true,
    complete: () => {
      readable.push(null)
    },
    fail(error: unknown, isTold: boolean) {
      if (isTold) readable.push(null)
      else readable.destroy(error as Error)
    },
    abort: (error: unknown) => {
      readable.destroy(error as Error)
    },
  }
  return readable
}
