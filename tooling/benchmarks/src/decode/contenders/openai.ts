import { OpenAI } from 'openai'
import { apiKey, baseURL, messages, model } from '../../ask.js'
import type { Decode } from '../decode.js'

export const decode: Decode = async (response) => {
  const client = new OpenAI({ baseURL, apiKey, fetch: async () => response })
  let text = ''
  for await (const chunk of await client.chat.completions.create({ model, messages, stream: true })) {
    text += chunk.choices[0]?.delta.content ?? ''
  }
  return text
}
