import type { ChatStream } from '@chatstream/react'
import { useEffect } from 'react'

/** Picks up an answer that is on its way without this page: it was reloaded, or another tab has asked. */
export function useResume({ messages, status, resume }: ChatStream): void {
  const streamId = messages.at(-1)?.streamId
  const isOnItsWay = streamId !== undefined && status === 'ready'
  useEffect(() => {
    if (isOnItsWay) void resume()
  }, [isOnItsWay, resume])
}
