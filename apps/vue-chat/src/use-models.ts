import { fetchModels } from '@chatstream/chat-kit'
import { onMounted, onUnmounted, type ShallowRef, shallowRef } from 'vue'

const models = shallowRef<readonly string[]>([])

/** The models that can be asked, by id; asked for once. */
export function useModels(): Readonly<ShallowRef<readonly string[]>> {
  const controller = new AbortController()
  onMounted(async () => {
    if (models.value.length > 0) return
    try {
      models.value = await fetchModels(controller.signal)
    } catch {
      // The picker has the chosen one then; the next page asks again.
    }
  })
  onUnmounted(() => controller.abort())
  return models
}
