import { once } from 'node:events'
import type { Pipe } from '../bridge-contender.js'
import { DONE, readEvents } from './read-events.js'

/** Decodes what has come, and writes each event anew, as one has to who looks at them or changes them. */
export const pipe: Pipe = (baseURL) => async (writable) => {
  for await (const { events } of readEvents(baseURL)) {
    let text = ''
    for (const data of events) text += `data: ${data === DONE ? DONE : JSON.stringify(JSON.parse(data))}\n\n`
    if (text !== '' && !writable.write(text)) await once(writable, 'drain')
  }
  writable.end()
}
