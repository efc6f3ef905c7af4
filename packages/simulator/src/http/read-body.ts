import type { IncomingMessage } from 'node:http'
import { ApiError } from './api-error.js'

/**
 * Reads the body of a request as text.
 *
 * @throws ApiError with status 413 if it has more than `maxBytes` bytes.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.byteLength
    // What is too much is read and thrown away: a client that still writes would not see the answer.
    if (bytes <= maxBytes) pieces.push(piece)
  }
  if (bytes > maxBytes) throw new ApiError(413, `The body has ${bytes} bytes, more than ${maxBytes}`)
  return Buffer.concat(pieces).toString()
}
