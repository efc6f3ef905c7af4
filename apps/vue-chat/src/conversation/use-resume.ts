import type { ChatStream } from '@chatstream/vue'
import { watch } from 'vue'

/** Picks up an answer that is on its way without this page: it was reloaded, or another tab has asked. */
export function useResume({ messages, status, resume }: ChatStream): void {
  const isOnItsWay = (): boolean => messages.value.at(-1)?.streamId !== undefined && status.value === 'ready'
  watch(
    isOnItsWay,
    (isOnItsWay) => {
      if (isOnItsWay) void resume()
    },
    { immediate: true },
  )
}
