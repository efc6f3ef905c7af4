import { once } from 'node:events'
import { OpenAI } from 'openai'
import { apiKey, messages, model } from '../../ask.js'
import type { Pipe } from '../bridge-contender.js'

export const pipe: Pipe = (baseURL) => {
  const client = new OpenAI({ baseURL, apiKey })
  return async (writable) => {
    for await (const { choices } of await client.chat.completions.create({ model, messages, stream: true })) {
      const text = choices[0]?.delta.content
      if (text && !writable.write(text)) await once(writable, 'drain')
    }
    writable.end()
  }
}
