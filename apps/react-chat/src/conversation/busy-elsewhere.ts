import { useEffect, useState } from 'react'

const lockOf = (id: string): string => `chatstream.busy.${id}`

/** Tells the other tabs that an answer of this conversation is on its way here. The browser ends it with the tab. */
export function useTellBusy(id: string, isBusy: boolean): void {
  useEffect(() => {
    if (!isBusy || navigator.locks === undefined) return
    let end = (): void => {}
    const ended = new Promise<void>((resolve) => {
      end = resolve
    })
    void navigator.locks.request(lockOf(id), { mode: 'shared' }, () => ended)
    return () => end()
  }, [id, isBusy])
}

/** Has nobody an answer for this message on its way? Not known at once; asked only as long as it `isOpen`. */
export function useIsUnanswered(id: string, isOpen: boolean): boolean {
  const [isUnanswered, setIsUnanswered] = useState(false)
  useEffect(() => {
    setIsUnanswered(false)
    if (!isOpen) return
    // Of a page without a lock manager (http, not on this machine) no other tab is known.
    if (navigator.locks === undefined) return setIsUnanswered(true)
    const controller = new AbortController()
    navigator.locks
      .request(lockOf(id), { signal: controller.signal }, () => setIsUnanswered(true))
      .catch(() => {}) // no longer asked
    return () => controller.abort()
  }, [id, isOpen])
  return isUnanswered
}
