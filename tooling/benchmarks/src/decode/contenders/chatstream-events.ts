import { createChatClient } from '@chatstream/core'
import { lastValueFrom, tap } from 'rxjs'
import { apiKey, baseURL, messages, model } from '../../ask.js'
import type { Decode } from '../decode.js'

export const decode: Decode = async (response) => {
  const client = createChatClient({ baseURL, apiKey, fetch: async () => response })
  let text = ''
  await lastValueFrom(
    client.stream({ model, messages }).pipe(
      tap((event) => {
        if (event.type === 'text-delta') text += event.text
      }),
    ),
  )
  return text
}
