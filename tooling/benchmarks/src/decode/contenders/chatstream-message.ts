import { accumulateMessage, createChatClient } from '@chatstream/core'
import { lastValueFrom } from 'rxjs'
import { apiKey, baseURL, messages, model } from '../../ask.js'
import type { Decode } from '../decode.js'

/** A whole message after every event, as a user interface would show it. */
export const decode: Decode = async (response) => {
  const client = createChatClient({ baseURL, apiKey, fetch: async () => response })
  const { parts } = await lastValueFrom(client.stream({ model, messages }).pipe(accumulateMessage()))
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
}
