import { type ComputedRef, computed, onWatcherCleanup, shallowRef, watchEffect } from 'vue'

/** Whole seconds that are left; counts down by itself. */
export function useSecondsUntil(time: () => number | undefined): ComputedRef<number> {
  const now = shallowRef(Date.now())
  const left = computed(() => Math.max(0, Math.ceil(((time() ?? 0) - now.value) / 1000)))
  watchEffect(() => {
    if (left.value === 0) return
    const timer = setInterval(() => {
      now.value = Date.now()
    }, 200)
    onWatcherCleanup(() => clearInterval(timer))
  })
  return left
}
