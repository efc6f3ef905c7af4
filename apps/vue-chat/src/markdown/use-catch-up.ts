import { createCatchUp } from '@chatstream/chat-kit'
import { type ComputedRef, computed, nextTick, onScopeDispose, shallowRef, watch } from 'vue'

/** What is longer is no prose, and shown as it comes: small steps of it would never get to the end. */
const MAX_LENGTH = 300_000

/** As much of the text as can be shown by this frame. */
export function useCatchUp(text: () => string): ComputedRef<string> {
  const length = shallowRef(0)
  const { read, end } = createCatchUp((next) => {
    length.value = next
    return nextTick()
  })
  watch(() => (text().length > MAX_LENGTH ? '' : text()), read, { immediate: true, flush: 'sync' })
  onScopeDispose(end)
  return computed(() => (text().length > MAX_LENGTH ? text() : text().slice(0, length.value)))
}
