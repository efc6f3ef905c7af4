import { type ComputedRef, computed, nextTick, onScopeDispose, shallowRef, watch } from 'vue'

/** So long may the texts of a page take in a frame to be parsed and shown, in milliseconds. Layout comes on top of it. */
const BUDGET_MS = 32
const LEAST = 200

/** How many characters are shown in one go: what fits into the budget, on this machine, of these texts. */
let step = 1000
/** The texts of which more is to be shown; each says whether it has got as much as it was given. */
const behind = new Set<(characters: number) => boolean>()
let isRunning = false

/**
 * A text that grows by no more in a frame than can be shown in it, however fast it comes, and however long it was when it came:
 * what is shown at once holds up the page.
 */
export function useCatchUp(text: () => string): ComputedRef<string> {
  const length = shallowRef(0)
  const grow = (characters: number): boolean => {
    const left = text().length - length.value
    length.value += Math.min(characters, left)
    if (left <= characters) behind.delete(grow)
    return left >= characters
  }
  watch(
    text,
    (now, before) => {
      if (before !== undefined && !now.startsWith(before)) length.value = 0
      if (length.value >= now.length) return
      behind.add(grow)
      if (!isRunning) void run()
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => behind.delete(grow))
  return computed(() => (length.value >= text().length ? text() : text().slice(0, length.value)))
}

async function run(): Promise<void> {
  isRunning = true
  while (behind.size > 0) {
    await new Promise(requestAnimationFrame)
    const start = performance.now()
    let before = start
    for (const grow of behind) {
      const isFull = grow(step)
      await nextTick() // it is shown
      const now = performance.now()
      const factor = Math.min(2, Math.max(0.5, BUDGET_MS / (now - before)))
      if (isFull || factor < 1) step = Math.max(LEAST, step * factor)
      before = now
      if (now - start > BUDGET_MS / 2) break
    }
  }
  isRunning = false
}
