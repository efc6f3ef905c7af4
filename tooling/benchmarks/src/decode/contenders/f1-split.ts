import type { Decode } from '../decode.js'

/** What one writes without a library: decode, split at empty lines, parse, add up. */
export const decode: Decode = async (response) => {
  const decoder = new TextDecoder()
  const reader = bodyOf(response).getReader()
  let text = ''
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    const events = (rest + decoder.decode(value, { stream: true })).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const data = event.slice(6)
      if (data !== '[DONE]') text += JSON.parse(data).choices[0].delta.content ?? ''
    }
  }
}

export const bodyOf = ({ body }: Response): ReadableStream<Uint8Array> => {
  if (body === null) throw new Error('A response without a body.')
  return body
}
