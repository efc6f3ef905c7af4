import { memo, useLayoutEffect, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import type { Mount } from '../ui-contender.js'
import { createTokenStore } from './token-store.js'

const History = memo(({ history }: { readonly history: readonly string[] }) =>
  history.map((text, position) => <pre key={position}>{text}</pre>),
)

export const mount: Mount = (container, { url, history, onCommit }) => {
  const store = createTokenStore()
  const Answer = () => {
    const text = useSyncExternalStore(store.subscribe, store.get)
    useLayoutEffect(onCommit)
    return <pre data-answer>{text}</pre>
  }
  const root = createRoot(container)
  root.render(
    <>
      <History history={history} />
      <Answer />
    </>,
  )
  return { send: () => store.send(url), text: store.get, unmount: () => root.unmount() }
}
