import { createApp, defineComponent, h, onUpdated, shallowRef } from 'vue'
import type { Mount } from '../ui-contender.js'
import { createTokenStore } from './token-store.js'

export const mount: Mount = (container, { url, history, onCommit }) => {
  const store = createTokenStore()
  const History = defineComponent(() => () => history.map((text) => h('pre', text)))
  const Answer = defineComponent(() => {
    const text = shallowRef('')
    store.subscribe(() => {
      text.value = store.get()
    })
    onUpdated(onCommit)
    return () => h('pre', { 'data-answer': '' }, text.value)
  })
  const app = createApp(() => [h(History), h(Answer)])
  app.mount(container)
  return { send: () => store.send(url), text: store.get, unmount: () => app.unmount() }
}
