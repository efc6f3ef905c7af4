import { OpenAI } from 'openai'
import { apiKey, baseURL, messages, model } from '../../ask.js'
import type { Decode } from '../decode.js'

export const decode: Decode = async (response) => {
  const client = new OpenAI({ baseURL, apiKey, fetch: async () => response })
  const { choices } = await client.chat.completions
    .stream({ model, messages, stream: true })
    .finalChatCompletion()
  return choices[0]?.message.content ?? ''
}
