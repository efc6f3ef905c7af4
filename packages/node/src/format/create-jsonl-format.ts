import type { Format } from './format.js'

/**
 * Each value as one line of JSON: events of a chat, messages, whatever the operators made of them. An error is a line of
 * its own: `{"type":"error","error":{"kind":"rate-limit","message":"…","status":429,"retryable":true}}`.
 */
export const createJsonlFormat = (): Format<unknown> => ({
  headers: { 'content-type': 'application/jsonl; charset=utf-8' },
  write: toLine,
  fail: (error) => toLine({ type: 'error', error: toData(error) }),
})

/** What has no JSON, such as a function or nothing at all, is null: a line is a line. */
const toLine = (value: unknown): string => `${JSON.stringify(value) ?? 'null'}\n`

/** An error of ours is data by itself; of any other only the name and the message are. */
const toData = (error: unknown): unknown =>
  error instanceof Error && !('toJSON' in error) ? { name: error.name, message: error.message } : error
