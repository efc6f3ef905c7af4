import type { ShallowRef } from 'vue'
import { useStored } from './use-stored.js'

const subscribe = (onChange: () => void): (() => void) => {
  const names = ['online', 'offline'] as const
  for (const name of names) addEventListener(name, onChange)
  return () => {
    for (const name of names) removeEventListener(name, onChange)
  }
}

export const useOnline = (): Readonly<ShallowRef<boolean>> => useStored(subscribe, () => navigator.onLine)
