import type { Pipe } from '../bridge-contender.js'
import { openBody } from './open-body.js'

/** Waits for nobody: what the reader does not take, piles up. */
export const pipe: Pipe = (baseURL) => async (writable) => {
  for await (const bytes of await openBody(baseURL)) writable.write(bytes)
  writable.end()
}
