import { createCatchUp } from '@chatstream/chat-kit'
import { type ComputedRef, computed, nextTick, onScopeDispose, shallowRef, watch } from 'vue'

/** As much of the text as can be shown by this frame. */
export function useCatchUp(text: () => string): ComputedRef<string> {
  const length = shallowRef(0)
  const { read, end } = createCatchUp((next) => {
    length.value = next
    return nextTick()
  })
  watch(text, read, { immediate: true, flush: 'sync' })
  onScopeDispose(end)
  return computed(() => text().slice(0, length.value))
}
