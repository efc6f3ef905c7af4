import { createChatClient, resumable } from '@chatstream/core'

/** Both are this page's own origin: who serves the page passes them on, and has the key. */
export const client = createChatClient({
  baseURL: '/v1',
  fallbacks: [{ baseURL: '/backup/v1' }],
  retry: { maxAttempts: 3 },
  resumable: resumable(),
  timeouts: { firstContentMs: 60_000, idleMs: 20_000 },
})

/** Token counts come only if they are asked for. */
export const requestFields = { stream_options: { include_usage: true } } as const
