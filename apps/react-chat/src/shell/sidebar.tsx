import { type Route, renameConversation } from '@chatstream/chat-kit'
import { Columns2, MessageSquarePlus, Monitor, Moon, PanelLeftClose, Sun } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useConversations } from '../conversation/use-conversations.js'
import { ConversationEntry } from './conversation-entry.js'
import { useSetting } from './use-setting.js'

interface SidebarProps {
  readonly route: Route | undefined
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onNew: () => void
  readonly onDelete: (id: string) => void
}

export function Sidebar({ route, isOpen, onClose, onNew, onDelete }: SidebarProps): ReactNode {
  const conversations = useConversations()
  const current = route?.page === 'chat' ? route.id : undefined
  return (
    <nav id="sidebar" className="sidebar" data-open={isOpen} aria-label="Conversations">
      <header>
        <span className="brand">
          <img src="/icon.svg" alt="" width={22} height={22} />
          chatstream
        </span>
        <button type="button" className="icon-button" aria-label="Close the sidebar" onClick={onClose}>
          <PanelLeftClose aria-hidden size={17} />
        </button>
      </header>
      <button type="button" className="side-link" onClick={onNew}>
        <MessageSquarePlus aria-hidden size={16} />
        New chat
      </button>
      <a className="side-link" href="#/compare" aria-current={route?.page === 'compare' ? 'page' : undefined}>
        <Columns2 aria-hidden size={16} />
        Compare models
      </a>
      <ul className="conversations">
        {conversations.map((conversation) => (
          <ConversationEntry
            key={conversation.id}
            conversation={conversation}
            isCurrent={conversation.id === current}
            onRename={renameConversation}
            onDelete={onDelete}
          />
        ))}
      </ul>
      <ThemePicker />
    </nav>
  )
}

const themes = [
  { name: 'system', label: 'As the system', Icon: Monitor },
  { name: 'light', label: 'Light', Icon: Sun },
  { name: 'dark', label: 'Dark', Icon: Moon },
] as const

function ThemePicker(): ReactNode {
  const [theme, setTheme] = useSetting('theme', 'system')
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  return (
    <fieldset className="themes">
      <legend className="visually-hidden">Colours</legend>
      {themes.map(({ name, label, Icon }) => (
        <label key={name} title={label}>
          <input
            type="radio"
            name="theme"
            aria-label={label}
            checked={theme === name}
            onChange={() => setTheme(name)}
          />
          <Icon aria-hidden size={15} />
        </label>
      ))}
    </fieldset>
  )
}
