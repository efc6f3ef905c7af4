import { chatAddress, getConversations, removeConversation } from '@chatstream/chat-kit'
import { PanelLeft, SquarePen } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { CompareView } from './compare/compare-view.js'
import { ChatView } from './conversation/chat-view.js'
import { useConversations } from './conversation/use-conversations.js'
import { Sidebar } from './shell/sidebar.js'
import { useRoute } from './shell/use-route.js'
import { forgetMessages } from './storage/query-client.js'

export function App(): ReactNode {
  const route = useRoute()
  const conversations = useConversations()
  const [isSidebarOpen, setIsSidebarOpen] = useState(false)
  const id = route?.page === 'chat' ? route.id : undefined
  const title = conversations.find((conversation) => conversation.id === id)?.title ?? 'New chat'

  const close = useCallback(() => setIsSidebarOpen(false), [])
  const startNew = useCallback(() => {
    location.hash = chatAddress(crypto.randomUUID())
    setIsSidebarOpen(false)
  }, [])
  const remove = useCallback(
    (removed: string) => {
      // Gone from the screen first: a conversation that is still shown would be made again.
      if (removed === id) location.hash = chatAddress(crypto.randomUUID())
      removeConversation(removed)
      forgetMessages(removed)
    },
    [id],
  )

  useEffect(() => {
    setIsSidebarOpen(false) // what was looked for there has been found
    if (route !== undefined) return
    location.replace(chatAddress(getConversations()[0]?.id ?? crypto.randomUUID()))
  }, [route])
  useEffect(() => {
    document.title = route?.page === 'compare' ? 'Compare models' : title
  }, [route, title])
  useEffect(() => {
    if (!isSidebarOpen) return
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setIsSidebarOpen(false)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [isSidebarOpen])

  return (
    <div className="app">
      <Sidebar route={route} isOpen={isSidebarOpen} onClose={close} onNew={startNew} onDelete={remove} />
      <button type="button" className="backdrop" hidden={!isSidebarOpen} aria-label="Close" onClick={close} />
      <main>
        <header className="top">
          <button
            type="button"
            className="icon-button menu"
            aria-label="Open the sidebar"
            aria-expanded={isSidebarOpen}
            aria-controls="sidebar"
            onClick={() => setIsSidebarOpen(true)}
          >
            <PanelLeft aria-hidden size={18} />
          </button>
          <h1>{route?.page === 'compare' ? 'Compare models' : title}</h1>
          <button
            type="button"
            className="icon-button menu"
            aria-label="Start a new chat"
            title="New chat"
            onClick={startNew}
          >
            <SquarePen aria-hidden size={17} />
          </button>
        </header>
        {route?.page === 'compare' && <CompareView />}
        {id !== undefined && <ChatView key={id} id={id} />}
      </main>
    </div>
  )
}
