import type { Relay } from '@chatstream/relay'
import { Hono } from 'hono'

/** Hono, in any runtime that has `node:async_hooks`. */
export function mountInHono(relay: Relay): Hono {
  const app = new Hono()
  app.all('/api/*', (context) => relay(context.req.raw))
  return app
}
