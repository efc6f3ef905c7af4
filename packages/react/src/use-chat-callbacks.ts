import type { ChatSession, ChatSessionEvent, ChatStreamError, Message } from '@chatstream/core'
import { useEffect } from 'react'
import { useLatest } from './use-latest.js'

/** Told once for each component; the newest functions are called. */
export interface ChatCallbacks {
  /** An answer has ended, however it has: whole, stopped or failed. Its cost may follow. */
  readonly onFinish?: ((end: ChatFinish) => void) | undefined
  readonly onError?: ((error: ChatStreamError) => void) | undefined
  /** The cost came, or the usage, after the answer. */
  readonly onCost?: ((report: { readonly message: Message }) => void) | undefined
}

export type ChatFinish = Omit<Extract<ChatSessionEvent, { type: 'finish' }>, 'type'>

export function useChatCallbacks(session: ChatSession, callbacks: ChatCallbacks): void {
  const latest = useLatest(callbacks)
  useEffect(() => {
    const subscription = session.events$.subscribe((event) => {
      const { onFinish, onError, onCost } = latest.current
      if (event.type === 'error') onError?.(event.error)
      else {
        const { type, ...report } = event
        if (type === 'cost') onCost?.(report)
        else onFinish?.(report as ChatFinish)
      }
    })
    return () => subscription.unsubscribe()
  }, [session, latest])
}
