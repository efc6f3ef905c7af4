import type { Relay } from '@chatstream/relay'
import express, { type Express } from 'express'

/** Express 5. No body parser is needed before it; one that is there does no harm. */
export function mountInExpress(relay: Relay): Express {
  const app = express()
  app.use('/api', relay.node)
  return app
}
