/**
 * When the server wants to be asked again, in milliseconds since the epoch; nothing if it does not say.
 *
 * Reads `retry-after-ms`, `retry-after` (seconds or an HTTP date), and with status 429 also `x-ratelimit-reset` (seconds
 * from now, or since the epoch): on any other response that only says when the limit starts anew.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
export function retryAtOf(headers: Headers, status?: number, now: number = Date.now()): number | undefined {
  const number = (name: string): number => Number(/^\d+(\.\d+)?$/.exec(headers.get(name) ?? '')?.[0])
  const date = headers.get('retry-after') ?? ''
  const reset = status === 429 ? number('x-ratelimit-reset') : NaN
  const times = [
    now + number('retry-after-ms'),
    now + number('retry-after') * 1000,
    // Date.parse makes a date of almost any number, as of `-1`; an HTTP date has a time of day in it.
    /\d:\d/.test(date) ? Date.parse(date) : NaN,
    reset > 1e12 ? reset : reset * 1000 + (reset > 1e9 ? 0 : now),
  ]
  return times.find((time) => time >= 0)
}
