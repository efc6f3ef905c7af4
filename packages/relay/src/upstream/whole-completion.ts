import { readAll } from './read-all.js'

const encoder = new TextEncoder()

/** What a request for a whole completion asks of the upstream, in place of what core asks. */
export function askForWhole(init: RequestInit): RequestInit {
  const headers = new Headers(init.headers)
  headers.set('accept', 'application/json')
  const body = { ...(JSON.parse(String(init.body)) as object), stream: false }
  return { ...init, headers, body: JSON.stringify(body) }
}

/** The bytes of a completion that came whole, and the same as a stream of one chunk, for core to judge. */
export interface WholeCompletion {
  readonly bytes: Uint8Array
  readonly response: Response
}

/** Reads the response to such a request. One that is no completion is core's, as it is: it knows what to make of it. */
export async function readWhole(
  response: Response,
  maxBytes: number,
): Promise<WholeCompletion | { readonly response: Response }> {
  if (!response.ok || response.body === null) return { response }
  const bytes = await readAll(response.body, maxBytes)
  const headers = new Headers(response.headers)
  headers.delete('content-encoding')
  headers.delete('content-length')
  const chunk = toChunk(bytes)
  if (chunk === undefined) return { response: new Response(bytes, { status: response.status, headers }) }
  headers.set('content-type', 'text/event-stream')
  const events = encoder.encode(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`)
  return { bytes, response: new Response(events, { status: response.status, headers }) }
}

function toChunk(bytes: Uint8Array): object | undefined {
  let completion: unknown
  try {
    completion = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined // core says what it is
  }
  const { choices, error } = (completion ?? {}) as { readonly choices?: unknown; readonly error?: unknown }
  if (!Array.isArray(choices) || error) return undefined
  return {
    ...(completion as object),
    choices: choices.map((choice: { readonly message?: unknown } | null) => ({
      ...choice,
      delta: choice?.message,
    })),
  }
}
