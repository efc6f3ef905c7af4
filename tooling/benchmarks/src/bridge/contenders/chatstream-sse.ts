import { createChatClient } from '@chatstream/core'
import { pipeToWritable } from '@chatstream/node'
import { messages, model } from '../../ask.js'
import type { Pipe } from '../bridge-contender.js'

export const pipe: Pipe = (baseURL) => {
  const client = createChatClient({ baseURL })
  return (writable) => pipeToWritable(client.stream({ model, messages }), writable, { format: 'sse' })
}
