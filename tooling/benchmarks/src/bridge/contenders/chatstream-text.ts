import { createChatClient } from '@chatstream/core'
import { pipeToWritable } from '@chatstream/node'
import { messages, model } from '../../ask.js'
import type { Pipe } from '../bridge-contender.js'

export const pipe: Pipe = (baseURL, writable) =>
  pipeToWritable(createChatClient({ baseURL }).stream({ model, messages }), writable, { format: 'text' })
