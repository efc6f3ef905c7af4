import type { Message } from '@chatstream/core'
import type { CachedChatStream } from '@chatstream/react'
import { useEffect, useRef } from 'react'

/**
 * Keeps what has come of an answer when the page is left in the middle of it. That is the one moment in which IndexedDB
 * is too slow: nothing waits for it. The settled messages are stored elsewhere.
 */
export function useKeepPartial({ id, messages, history, setMessages }: CachedChatStream): void {
  const key = `chatstream.partial.${id}`
  const open = useRef<Message>(undefined)
  useEffect(() => {
    open.current = messages.findLast(({ state }) => state === 'streaming')
  }, [messages])

  useEffect(() => {
    const onPageHide = (): void => {
      if (open.current === undefined) return
      localStorage.setItem(key, JSON.stringify({ ...open.current, state: 'aborted' }))
    }
    addEventListener('pagehide', onPageHide)
    return () => removeEventListener('pagehide', onPageHide)
  }, [key])

  useEffect(() => {
    const stored = history.isSuccess ? localStorage.getItem(key) : null
    if (stored === null) return
    localStorage.removeItem(key)
    const partial = JSON.parse(stored) as Message
    setMessages((settled) => (settled.at(-1)?.role === 'user' ? [...settled, partial] : settled))
  }, [key, history.isSuccess, setMessages])
}
