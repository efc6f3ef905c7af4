import type { Relay } from '@chatstream/relay'
import Fastify, { type FastifyInstance } from 'fastify'

/** Fastify 5: it is not to read the body, and not to answer. */
export function mountInFastify(relay: Relay): FastifyInstance {
  const app = Fastify()
  void app.register(
    async (scope) => {
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
      scope.all('/*', (request, reply) => {
        reply.hijack()
        void relay.node(request.raw, reply.raw)
      })
    },
    { prefix: '/api' },
  )
  return app
}
