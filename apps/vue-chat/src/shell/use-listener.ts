import { onMounted, onUnmounted } from 'vue'

/** Listens as long as the component is on the page. */
export function useListener<Name extends keyof WindowEventMap>(
  name: Name,
  listener: (event: WindowEventMap[Name]) => void,
): void {
  onMounted(() => addEventListener(name, listener))
  onUnmounted(() => removeEventListener(name, listener))
}
