import { createChatClient } from '@chatstream/core'
import { pipeToWritable } from '@chatstream/node'
import { filter, map } from 'rxjs'
import { messages, model } from '../../ask.js'
import type { Pipe } from '../bridge-contender.js'

/** Operators between the client and the bridge, which the reader's demand has to get through. */
export const pipe: Pipe = (baseURL) => {
  const client = createChatClient({ baseURL })
  return (writable) => {
    const event$ = client.stream({ model, messages }).pipe(
      map((event) => event),
      filter(() => true),
    )
    return pipeToWritable(event$, writable, { format: 'text' })
  }
}
