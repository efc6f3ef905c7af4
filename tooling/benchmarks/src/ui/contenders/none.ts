import type { Mount } from '../ui-contender.js'
import { createTokenStore } from './token-store.js'

/** Reads everything, and shows nothing: what is left is the network, the parsing and the frames. */
export const mount: Mount = (container, { url }) => {
  const store = createTokenStore()
  store.subscribe(() => {})
  container.innerHTML = '<pre data-answer></pre>'
  return { send: () => store.send(url), text: store.get, unmount: () => container.replaceChildren() }
}
