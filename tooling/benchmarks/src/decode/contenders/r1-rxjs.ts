import { concatMap, filter, lastValueFrom, map, scan } from 'rxjs'
import type { Decode } from '../decode.js'
import { bodyChunks } from './body-chunks.js'

/** f1, each step an operator. */
export const decode: Decode = (response) => {
  const decoder = new TextDecoder()
  let rest = ''
  return lastValueFrom(
    bodyChunks(response).pipe(
      concatMap((chunk) => {
        const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
        rest = events.pop() ?? ''
        return events
      }),
      map((event) => event.slice(6)),
      filter((data) => data !== '[DONE]'),
      map((data) => JSON.parse(data)),
      scan((text, chunk) => text + (chunk.choices[0].delta.content ?? ''), ''),
    ),
  )
}
