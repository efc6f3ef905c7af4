const lockOf = (id: string): string => `chatstream.busy.${id}`

/**
 * Tells the other tabs that an answer of this conversation is on its way here, until what it returns is called. The browser
 * ends it with the tab.
 */
export function tellBusy(id: string): () => void {
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  // Of a page without a lock manager (http, not on this machine) no other tab is known.
  void navigator.locks?.request(lockOf(id), { mode: 'shared' }, () => ended)
  return end
}

/**
 * Calls back once no tab has an answer of this conversation on its way; not at once. What it returns ends the waiting, and
 * is to be called in any case.
 */
export function whenIdleEverywhere(id: string, listener: () => void): () => void {
  const controller = new AbortController()
  const idle =
    navigator.locks?.request(lockOf(id), { signal: controller.signal }, () => {}) ?? Promise.resolve()
  idle.then(
    () => {
      if (!controller.signal.aborted) listener()
    },
    () => {}, // no longer asked
  )
  return () => controller.abort()
}
