import { type RefObject, useInsertionEffect, useRef } from 'react'

/** Always what was rendered last, for callbacks. The insertion effect is before all others, and silent on a server. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useInsertionEffect(() => {
    latest.current = value
  })
  return latest
}
