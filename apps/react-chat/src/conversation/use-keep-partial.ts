import { storePartial, takePartial } from '@chatstream/chat-kit'
import type { CachedChatStream } from '@chatstream/react'
import { useEffect, useRef } from 'react'

/** Keeps what has come of an answer when the page is left in the middle of it. */
export function useKeepPartial({ id, messages, history, setMessages }: CachedChatStream): void {
  const shown = useRef(messages)
  useEffect(() => {
    shown.current = messages
  }, [messages])

  useEffect(() => {
    const onPageHide = (): void => storePartial(id, shown.current)
    addEventListener('pagehide', onPageHide)
    return () => removeEventListener('pagehide', onPageHide)
  }, [id])

  useEffect(() => {
    if (history.isSuccess) setMessages((settled) => takePartial(id, settled))
  }, [id, history.isSuccess, setMessages])
}
