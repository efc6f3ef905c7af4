/**
 * When the server wants to be asked again, in milliseconds since the epoch; nothing if it does not say.
 *
 * Reads `retry-after-ms`, `retry-after` (seconds or an HTTP date), and with status 429 also `x-ratelimit-reset` (seconds
 * from now, or since the epoch): on any other response that only says when the limit starts anew.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAtOf(headers: Headers, status?: number, now: number = Date.now()): number | undefined {
  const number = (name: string): number | undefined => {
    const text = headers.get(name)?.trim()
    return text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  }
  const milliseconds = number('retry-after-ms')
  if (milliseconds !== undefined) return now + milliseconds
  const seconds = number('retry-after')
  if (seconds !== undefined) return now + seconds * 1000
  // Date.parse makes a date of almost any number, as of `-1`; an HTTP date has a time of day in it.
  const text = headers.get('retry-after') ?? ''
  const date = /\d:\d/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(date)) return date
  const reset = status === 429 ? number('x-ratelimit-reset') : undefined
  if (reset === undefined) return undefined
  if (reset > 1e12) return reset
  return reset > 1e9 ? reset * 1000 : now + reset * 1000
}
