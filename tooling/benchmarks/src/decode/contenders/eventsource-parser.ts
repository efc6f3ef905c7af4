import { createParser } from 'eventsource-parser'
import type { Decode } from '../decode.js'
import { bodyOf } from './f1-split.js'

export const decode: Decode = async (response) => {
  const decoder = new TextDecoder()
  const reader = bodyOf(response).getReader()
  let text = ''
  const parser = createParser({
    onEvent({ data }) {
      if (data !== '[DONE]') text += JSON.parse(data).choices[0].delta.content ?? ''
    },
  })
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    parser.feed(decoder.decode(value, { stream: true }))
  }
}
