import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { streamText } from 'ai'
import { apiKey, baseURL, messages, model } from '../../ask.js'
import type { Decode } from '../decode.js'

export const decode: Decode = async (response) => {
  const provider = createOpenAICompatible({ name: 'fake', baseURL, apiKey, fetch: async () => response })
  let text = ''
  for await (const part of streamText({ model: provider(model), messages }).fullStream) {
    if (part.type === 'text-delta') text += part.text ?? ''
  }
  return text
}
