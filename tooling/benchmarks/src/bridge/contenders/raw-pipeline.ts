import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Pipe } from '../bridge-contender.js'
import { openBody } from './open-body.js'

export const pipe: Pipe = (baseURL) => async (writable) =>
  pipeline(Readable.fromWeb(await openBody(baseURL)), writable)
