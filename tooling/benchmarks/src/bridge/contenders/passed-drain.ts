import { once } from 'node:events'
import type { Pipe } from '../bridge-contender.js'
import { DONE, readEvents } from './read-events.js'

/** Decodes what has come, to know whether it is an answer and a whole one, and writes its bytes. */
export const pipe: Pipe = (baseURL) => async (writable) => {
  let isWhole = false
  for await (const { bytes, events } of readEvents(baseURL)) {
    for (const data of events) isWhole = data === DONE || JSON.parse(data).choices[0].finish_reason !== null
    if (!writable.write(bytes)) await once(writable, 'drain')
  }
  if (isWhole) writable.end()
  else writable.destroy()
}
