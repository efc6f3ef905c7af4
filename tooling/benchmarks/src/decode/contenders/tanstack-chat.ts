import { chat } from '@tanstack/ai'
import { openaiCompatibleText } from '@tanstack/ai-openai/compatible'
import { apiKey, baseURL, messages, model } from '../../ask.js'
import type { Decode } from '../decode.js'

export const decode: Decode = async (response) => {
  const adapter = openaiCompatibleText(model, { baseURL, apiKey, fetch: async () => response })
  let text = ''
  for await (const chunk of chat({ adapter, messages })) {
    if (chunk.type === 'TEXT_MESSAGE_CONTENT') text += chunk.delta ?? ''
  }
  return text
}
