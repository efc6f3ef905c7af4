/** Holds back the first who comes, until it is opened; lets all others pass. */
export interface Gate {
  readonly pass: (key: string) => Promise<string>
  /** Resolves when the first one has come. */
  readonly reached: Promise<void>
  readonly open: () => void
}

export function createGate(): Gate {
  let reach = (): void => {}
  let open = (): void => {}
  let isFirst = true
  const reached = new Promise<void>((resolve) => {
    reach = resolve
  })
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return {
    reached,
    open: () => open(),
    async pass(key) {
      if (!isFirst) return key
      isFirst = false
      reach()
      await opened
      return key
    },
  }
}
