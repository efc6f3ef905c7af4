import type { ChatEvent } from '@chatstream/core'
import { cannotReset } from './cannot-reset.js'
import type { Format } from './format.js'

/** The answer's text, of the first choice; strings as they are. It cannot tell an error. */
export function createTextFormat(): Format<ChatEvent | string> {
  // Half a character, as UTF-16 has it: the other half comes with the next piece, and alone it would be lost.
  let held = ''
  return {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    write(value) {
      const text = held + textOf(value)
      const last = text.charCodeAt(text.length - 1)
      held = last >= 0xd800 && last < 0xdc00 ? text.slice(-1) : ''
      return held === '' ? text : text.slice(0, -1)
    },
    end: () => held,
  }
}

const textOf = (value: ChatEvent | string): string => {
  if (typeof value === 'string') return value
  if (value.type === 'answer-reset') throw cannotReset('A text')
  return value.type === 'text-delta' && value.index === 0 ? value.text : ''
}
