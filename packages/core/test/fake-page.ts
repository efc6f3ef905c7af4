import { vi } from 'vitest'

/**
 * A page as a pacer sees it: frames, a tab that can be hidden, and timers that fire when the frame's work is done.
 * Time is that of vitest's fake timers; each publish of what is on the page may cost some.
 */
export function createFakePage() {
  const frames = new Map<number, () => void>()
  const listeners = new Set<() => void>()
  let ids = 0
  const document = {
    hidden: false,
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }

  vi.stubGlobal('document', document)
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => {
    frames.set(++ids, callback)
    return ids
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
  return {
    /** One frame: what was asked for runs, then the page spends `costMs` on it, then timers fire. */
    frame(costMs = 0) {
      if (document.hidden) return
      const due = [...frames.values()]
      frames.clear()
      for (const callback of due) callback()
      vi.setSystemTime(Date.now() + costMs)
      vi.advanceTimersByTime(0)
    },
    setHidden(isHidden: boolean) {
      document.hidden = isHidden
      for (const listener of listeners) listener()
    },
    /** What a pacer that has ended must not leave behind. */
    left: () => frames.size + listeners.size + vi.getTimerCount(),
    isWaiting: () => frames.size > 0,
  }
}
