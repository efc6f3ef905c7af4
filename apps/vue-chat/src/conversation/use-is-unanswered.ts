import { whenIdleEverywhere } from '@chatstream/chat-kit'
import { type ShallowRef, shallowRef, watch } from 'vue'

/** Has nobody an answer for this message on its way? Not known at once; asked only as long as it `isOpen`. */
export function useIsUnanswered(id: string, isOpen: () => boolean): Readonly<ShallowRef<boolean>> {
  const isUnanswered = shallowRef(false)
  watch(
    isOpen,
    (isOpen, _, onCleanup) => {
      isUnanswered.value = false
      if (!isOpen) return
      const leave = whenIdleEverywhere(id, () => {
        isUnanswered.value = true
      })
      onCleanup(leave)
    },
    { immediate: true },
  )
  return isUnanswered
}
