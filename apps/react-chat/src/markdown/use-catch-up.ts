import { createCatchUp } from '@chatstream/chat-kit'
import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** As much of the text as can be shown by this frame. */
export function useCatchUp(text: string): string {
  const [length, setLength] = useState(0)
  // At once, so that what it takes is seen.
  const [{ read, end }] = useState(() => createCatchUp((next) => flushSync(() => setLength(next))))
  useEffect(() => read(text), [read, text])
  useEffect(() => end, [end])
  return text.slice(0, length)
}
