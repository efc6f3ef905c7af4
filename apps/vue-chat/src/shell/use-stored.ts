import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'

/** What `read` gives, always the newest. */
export function useStored<T>(
  subscribe: (onChange: () => void) => () => void,
  read: () => T,
): Readonly<ShallowRef<T>> {
  const value = shallowRef(read())
  onScopeDispose(
    subscribe(() => {
      value.value = read()
    }),
  )
  return value
}
