/** So long may the texts of a page take in a frame to be parsed and shown, in milliseconds. Layout comes on top of it. */
const BUDGET_MS = 32
/** Less at a time would parse a long paragraph too often: all of it is parsed with each step. */
const LEAST = 1000

/** How many characters are shown in one go: what fits into the budget, on this machine, of these texts. */
let step = LEAST
type Grow = (characters: number) => Promise<boolean>
/** The texts of which more is to be shown; each says whether it has got as much as it was given. */
const behind = new Set<Grow>()
let isRunning = false

export interface CatchUp {
  /** All of the text that is there now. Another one than the last one grown is shown from its start. */
  readonly read: (text: string) => void
  readonly end: () => void
}

/**
 * Shows a text that grows by no more in a frame than can be shown in it, however fast it comes, and however long it was
 * when it came: what is shown at once holds up the page.
 *
 * @param show shows so many characters; it is measured until it is done.
 */
export function createCatchUp(show: (length: number) => void | Promise<void>): CatchUp {
  let text = ''
  let length = 0
  const grow: Grow = async (characters) => {
    const left = text.length - length
    // What a step takes grows with what is shown already: small ones would never get to the end.
    const most = Math.max(characters, Math.ceil(length / 50))
    length += Math.min(most, left)
    if (left <= most) behind.delete(grow)
    await show(length)
    return left >= characters
  }
  return {
    read(next) {
      if (!next.startsWith(text)) length = 0
      text = next
      if (length === text.length) return
      behind.add(grow)
      if (!isRunning) void run()
    },
    end: () => behind.delete(grow),
  }
}

async function run(): Promise<void> {
  isRunning = true
  while (behind.size > 0) {
    await new Promise(requestAnimationFrame)
    const start = performance.now()
    let before = start
    for (const grow of behind) {
      const isFull = await grow(step)
      const now = performance.now()
      const factor = Math.min(2, Math.max(0.5, BUDGET_MS / (now - before)))
      if (isFull || factor < 1) step = Math.max(LEAST, step * factor)
      before = now
      if (now - start > BUDGET_MS / 2) break
    }
  }
  isRunning = false
}
