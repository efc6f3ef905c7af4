import type { ChatSession } from '@chatstream/core'
import { useInsertionEffect } from 'react'

const restoring = new WeakMap<ChatSession, Promise<void>>()

/** Resolves when a persister has brought the cache back: a history that is made before would pass for a newer one. */
export const restored = (session: ChatSession): Promise<void> | undefined => restoring.get(session)

export function useRestoring(session: ChatSession, isRestoring: boolean): void {
  // Before all other effects: one of them may send.
  useInsertionEffect(() => {
    let end: (() => void) | undefined
    if (isRestoring) {
      const ended = new Promise<void>((resolve) => {
        end = resolve
      })
      restoring.set(session, ended)
    }
    return end
  }, [session, isRestoring])
}
