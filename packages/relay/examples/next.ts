import { createRelay, type Relay } from '@chatstream/relay'

// app/api/[...path]/route.ts

/** Next.js: an answer may take as long as the platform lets it (here: 300 seconds). The runtime is Node, as it is by default. */
export const maxDuration = 300

const relay: Relay = createRelay({
  baseURL: process.env['ALLTOKEN_BASE_URL'] ?? 'https://api.alltoken.ai/v1',
  apiKey: () => process.env['ALLTOKEN_API_KEY'],
  authorize: (request) => (request.headers.get('cookie')?.includes('session=') ? { id: 'me' } : null),
})

export const GET = relay
export const POST = relay
export const DELETE = relay
