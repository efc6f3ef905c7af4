import { RelayError } from './relay-error.js'

/**
 * The whole body of a request, if it is small enough and comes in time. Throws a `RelayError` with status 413 or 408, or
 * 400 if it breaks.
 *
 * @param body read to its end, or left where it was too much.
 */
export async function readBody(
  body: AsyncIterable<Uint8Array> | null,
  { maxBytes, timeoutMs, declared }: { maxBytes: number; timeoutMs: number; declared: string | null },
): Promise<Uint8Array> {
  const tooLarge = (): RelayError =>
    new RelayError(413, 'body_too_large', `A request may have ${maxBytes} bytes.`)
  if (Number(declared ?? 0) > maxBytes) throw tooLarge()
  if (body === null) return new Uint8Array()
  const iterator = body[Symbol.asyncIterator]()
  const chunks: Uint8Array[] = []
  let length = 0
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const tell = (): void =>
      reject(new RelayError(408, 'body_timeout', 'The request took too long to arrive.'))
    timer = setTimeout(tell, timeoutMs)
  })
  try {
    for (;;) {
      const { done, value } = await Promise.race([iterator.next(), late])
      if (done) return Buffer.concat(chunks)
      length += value.length
      if (length > maxBytes) throw tooLarge()
      chunks.push(value)
    }
  } catch (error) {
    void iterator.return?.().catch(() => {}) // it is told already
    throw error instanceof RelayError
      ? error
      : new RelayError(400, 'body_broken', 'The request broke off before its end.')
  } finally {
    clearTimeout(timer)
  }
}
