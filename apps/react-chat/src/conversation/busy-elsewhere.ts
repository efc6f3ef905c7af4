import { tellBusy, whenIdleEverywhere } from '@chatstream/chat-kit'
import { useEffect, useState } from 'react'

/** Tells the other tabs that an answer of this conversation is on its way here. */
export function useTellBusy(id: string, isBusy: boolean): void {
  useEffect(() => (isBusy ? tellBusy(id) : undefined), [id, isBusy])
}

/** Has nobody an answer for this message on its way? Not known at once; asked only as long as it `isOpen`. */
export function useIsUnanswered(id: string, isOpen: boolean): boolean {
  const [isUnanswered, setIsUnanswered] = useState(false)
  useEffect(() => {
    setIsUnanswered(false)
    return isOpen ? whenIdleEverywhere(id, () => setIsUnanswered(true)) : undefined
  }, [id, isOpen])
  return isUnanswered
}
