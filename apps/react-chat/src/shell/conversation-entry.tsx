import { type Conversation, chatAddress, isSendKey } from '@chatstream/chat-kit'
import { useChatSelector } from '@chatstream/react'
import { Pencil, Trash2 } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTellBusy } from '../conversation/busy-elsewhere.js'

interface ConversationEntryProps {
  readonly conversation: Conversation
  readonly isCurrent: boolean
  readonly onRename: (id: string, title: string) => void
  readonly onDelete: (id: string) => void
}

/** One line of the sidebar: a link, a name to be changed, or a question before all of it is gone. */
export function ConversationEntry(props: ConversationEntryProps): ReactNode {
  const { conversation, isCurrent, onRename, onDelete } = props
  const { id, title } = conversation
  const [doing, setDoing] = useState<'renaming' | 'deleting'>()
  const isBusy = useChatSelector(id, ({ status }) => status === 'submitted' || status === 'streaming')
  useTellBusy(id, isBusy)
  const end = (): void => setDoing(undefined)
  if (doing === 'renaming') {
    const rename = (name: string): void => {
      end()
      onRename(id, name.trim() || title)
    }
    return (
      <li>
        <input
          aria-label={`New name of “${title}”`}
          // biome-ignore lint/a11y/noAutofocus: the reader has just asked to write here
          autoFocus
          defaultValue={title}
          maxLength={80}
          onFocus={({ target }) => target.select()}
          onBlur={({ target }) => rename(target.value)}
          onKeyDown={(event) => {
            if (isSendKey(event.nativeEvent)) rename(event.currentTarget.value)
            else onEscape(end)(event)
          }}
        />
      </li>
    )
  }
  if (doing === 'deleting') {
    return (
      <li className="asking" onKeyDown={onEscape(end)}>
        <span>Delete “{title}”?</span>
        {/* biome-ignore lint/a11y/noAutofocus: the reader has just asked for this */}
        <button type="button" className="button quiet" autoFocus onClick={end}>
          Keep
        </button>
        <button type="button" className="button danger" onClick={() => onDelete(id)}>
          Delete
        </button>
      </li>
    )
  }
  return (
    <li>
      <a href={chatAddress(id)} aria-current={isCurrent ? 'page' : undefined} title={title}>
        {title}
      </a>
      {isBusy && (
        <span className="busy" title="An answer is coming">
          <span className="visually-hidden">An answer is coming</span>
        </span>
      )}
      <span className="entry-actions">
        <button
          type="button"
          className="icon-button"
          aria-label={`Rename “${title}”`}
          title="Rename"
          onClick={() => setDoing('renaming')}
        >
          <Pencil aria-hidden size={14} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={`Delete “${title}”`}
          title="Delete"
          onClick={() => setDoing('deleting')}
        >
          <Trash2 aria-hidden size={14} />
        </button>
      </span>
    </li>
  )
}

/** The same key closes the sidebar, and stops an answer: here it does neither. */
const onEscape =
  (end: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    end()
  }
