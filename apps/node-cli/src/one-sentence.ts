import { stripControls } from './strip-controls.js'

/** A text that others wrote, as part of one line of ours: no line breaks, no control characters, not too long. */
export const oneSentence = (text: string): string => {
  const line = stripControls(text.replace(/\s+/g, ' ')).trim()
  if (line.length > 300) return `${line.slice(0, 299)}…`
  return /[.!?。…]$/.test(line) ? line : `${line}.`
}
