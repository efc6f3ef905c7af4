import { ApiError } from '../http/api-error.js'

/** One fault as it was asked for. */
export interface FaultCall {
  readonly name: string
  readonly parameters: Readonly<Record<string, string>>
}

/**
 * Reads a list of faults: commas between faults, spaces or semicolons between a fault's name and its parameters, quotes
 * around values that contain any of them. A parameter without a value is `true`.
 *
 * @example
 * ```ts
 * parseFaults('status code=503 times=2, stall; before-headers')
 * // [
 * //   { name: 'status', parameters: { code: '503', times: '2' } },
 * //   { name: 'stall', parameters: { 'before-headers': 'true' } },
 * // ]
 * ```
 * @throws ApiError with status 400 if it is not written so.
 */
export function parseFaults(text: string): FaultCall[] {
  const calls: FaultCall[] = []
  let words: string[] = []
  const endCall = (): void => {
    const [name, ...rest] = words
    if (name !== undefined) calls.push({ name, parameters: Object.fromEntries(rest.map(parseParameter)) })
    words = []
  }
  const word = /\s*(?:(,)|;|((?:[^\s,;"]|"[^"]*")+)|(\S))/y
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    const [, comma, found, odd] = match
    if (odd !== undefined) throw new ApiError(400, `A quote without its end in the fault: ${text}`)
    if (comma !== undefined) endCall()
    if (found !== undefined) words.push(found)
  }
  endCall()
  return calls
}

function parseParameter(word: string): [name: string, value: string] {
  const equals = word.indexOf('=')
  if (equals === -1) return [word, 'true']
  return [word.slice(0, equals), word.slice(equals + 1).replaceAll('"', '')]
}
