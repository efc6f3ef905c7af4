import { ChatStreamError } from '../src/errors/chat-stream-error.js'
import type { ChatEvent } from '../src/event/chat-event.js'

/** One letter for each event, as marbles draw them. */
export const events = {
  /** An attempt starts. */
  s: { type: 'attempt-start', attempt: 1, endpoint: 'https://a.example/v1' },
  S: { type: 'attempt-start', attempt: 2, endpoint: 'https://b.example/v1' },
  /** The head of the response. */
  r: {
    type: 'response-start',
    attempt: 1,
    endpoint: 'https://a.example/v1',
    status: 200,
    requestId: 'req_1',
  },
  t: { type: 'text-delta', index: 0, text: 'text', raw: {} },
  z: { type: 'reasoning-delta', index: 0, text: 'reasoning', raw: {} },
  f: { type: 'refusal-delta', index: 0, text: 'refusal', raw: {} },
  c: { type: 'tool-call-delta', index: 0, toolIndex: 0, raw: {} },
  /** The choice has its finish reason. */
  e: { type: 'choice-end', index: 0, finishReason: 'stop', raw: {} },
  u: { type: 'usage', usage: { prompt_tokens: 1 }, raw: {} },
  /** The answer ends. */
  d: { type: 'answer-end' },
  k: { type: 'comment', comment: 'keep-alive' },
  m: { type: 'cost', cost: '0.1' },
  /** What came is void. */
  v: { type: 'answer-reset' },
} satisfies Record<string, ChatEvent>

/** What `attempt-failed` looks like after this error. */
export const attemptFailed = (
  error: ChatStreamError,
  retryInMs = 0,
  { attempt, endpoint }: { attempt: number; endpoint: string } = events.s,
): ChatEvent => ({ type: 'attempt-failed', attempt, endpoint, error, retryInMs })

export const unavailable = new ChatStreamError('upstream', 'unavailable', { status: 503, retryable: true })
export const refused = new ChatStreamError('http', 'refused', { status: 400 })
export const keyRefused = new ChatStreamError('authentication', 'key refused', { status: 401 })
/** A rate limit that ends at this virtual time. */
export const rateLimit = (retryAt?: number): ChatStreamError =>
  new ChatStreamError('rate-limit', 'too many', { status: 429, retryable: true, retryAt })
