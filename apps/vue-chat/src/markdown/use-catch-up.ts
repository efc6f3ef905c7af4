import { type ComputedRef, computed, onScopeDispose, shallowRef, watch } from 'vue'

/** So much markdown can be parsed and shown in a frame, also on a slow machine. */
const PER_FRAME = 2000

/**
 * A text that grows by no more than this in a frame, however fast it comes: what came at once would have to be shown at once,
 * and hold up the page. A text that is whole from the start is not held back.
 */
export function useCatchUp(text: () => string, isStreaming: () => boolean): ComputedRef<string> {
  const length = shallowRef(isStreaming() ? 0 : text().length)
  let frame: number | undefined
  const grow = (): void => {
    frame = undefined
    length.value = Math.min(text().length, length.value + PER_FRAME)
    if (length.value < text().length) frame = requestAnimationFrame(grow)
  }
  watch(
    text,
    (now, before) => {
      if (before !== undefined && !now.startsWith(before)) length.value = 0
      if (frame === undefined) grow()
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => {
    if (frame !== undefined) cancelAnimationFrame(frame)
  })
  return computed(() => (length.value >= text().length ? text() : text().slice(0, length.value)))
}
