import { createRelay } from '@chatstream/relay'
import type { Serve } from '../bridge-contender.js'

export const serve: Serve = (baseURL) => {
  let users = 0
  // Each is another, for whom all limits count.
  return createRelay({ baseURL, authorize: () => ({ id: `${users++}` }) }).node
}
