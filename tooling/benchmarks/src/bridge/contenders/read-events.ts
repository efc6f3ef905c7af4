import { openBody } from './open-body.js'

/** Each piece of the provider's answer, with the data of the events that it made whole; `[DONE]` is the last. */
export async function* readEvents(baseURL: string): AsyncGenerator<{ bytes: Uint8Array; events: string[] }> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of await openBody(baseURL)) {
    const events = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    yield { bytes, events: events.map((event) => event.slice(6)) }
  }
}

export const DONE = '[DONE]'
