import type { Decode } from '../decode.js'
import { bodyOf } from './f1-split.js'

const LF = 0x0a

/** The same on bytes: only whole events are decoded. */
export const decode: Decode = async (response) => {
  const decoder = new TextDecoder()
  const reader = bodyOf(response).getReader()
  let text = ''
  let held = new Uint8Array(65_536)
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text
    if (length + value.length > held.length) {
      const larger = new Uint8Array((length + value.length) * 2)
      larger.set(held.subarray(0, length))
      held = larger
    }
    held.set(value, length)
    let scanned = Math.max(1, length)
    length += value.length
    let start = 0
    for (; scanned < length; scanned++) {
      if (held[scanned] !== LF || held[scanned - 1] !== LF) continue
      const data = decoder.decode(held.subarray(start + 6, scanned - 1))
      if (data !== '[DONE]') text += JSON.parse(data).choices[0].delta.content ?? ''
      start = scanned + 1
    }
    held.copyWithin(0, start, length)
    length -= start
  }
}
