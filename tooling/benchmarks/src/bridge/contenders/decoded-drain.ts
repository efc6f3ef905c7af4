import { once } from 'node:events'
import type { Pipe } from '../bridge-contender.js'
import { openBody } from './open-body.js'

/** Decodes what has come, writes its text, and reads on when the writable wants more. */
export const pipe: Pipe = async (baseURL, writable) => {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of await openBody(baseURL)) {
    const events = (rest + decoder.decode(bytes, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    let text = ''
    for (const event of events) {
      const data = event.slice(6)
      if (data !== '[DONE]') text += JSON.parse(data).choices[0].delta.content ?? ''
    }
    if (text !== '' && !writable.write(text)) await once(writable, 'drain')
  }
  writable.end()
}
