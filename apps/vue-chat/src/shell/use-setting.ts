import { getSetting, setSetting, subscribeSettings } from '@chatstream/chat-kit'
import { computed, type WritableComputedRef } from 'vue'
import { useStored } from './use-stored.js'

/** A choice of the user that outlives the page. */
export function useSetting(name: string, fallback: string): WritableComputedRef<string> {
  const stored = useStored(subscribeSettings, () => getSetting(name, fallback))
  return computed({ get: () => stored.value, set: (value) => setSetting(name, value) })
}
