import { once } from 'node:events'
import type { Pipe } from '../bridge-contender.js'
import { DONE, readEvents } from './read-events.js'

/** Decodes what has come, writes its text, and reads on when the writable wants more. */
export const pipe: Pipe = (baseURL) => async (writable) => {
  for await (const { events } of readEvents(baseURL)) {
    let text = ''
    for (const data of events) if (data !== DONE) text += JSON.parse(data).choices[0].delta.content ?? ''
    if (text !== '' && !writable.write(text)) await once(writable, 'drain')
  }
  writable.end()
}
